import QtQuick
import QtQuick.Templates as T
import Belfry.Ui

// The keys.
Sheet {
    id: sheet

    title: qsTr("Keyboard shortcuts")
    width: parent ? Math.min(parent.width - 24, 520) : 520
    KeyList { id: list }
    contentItem: Flickable {
        implicitHeight: grid.implicitHeight
        contentHeight: grid.implicitHeight
        contentWidth: width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: Scroller { }
        Grid {
            id: grid
            x: LayoutMirroring.enabled ? 14 : 0 // the scroll bar's
            width: parent.width - 14
            columns: width > 420 ? 2 : 1
            columnSpacing: 20
            rowSpacing: 8
            Repeater {
                model: list.keys
                Item {
                    id: line
                    required property var modelData
                    width: (grid.width - (grid.columns - 1) * grid.columnSpacing) / grid.columns
                    height: Math.max(26, action.implicitHeight + 6)
                    Accessible.role: Accessible.StaticText
                    Accessible.name: modelData.keys + ": " + modelData.action
                    Rectangle {
                        id: cap
                        width: key.implicitWidth + 14
                        height: 24
                        radius: 5
                        color: Theme.sunken
                        border.width: Theme.borderWidth
                        border.color: Theme.border
                        anchors.left: parent.left
                        Label { id: key; anchors.centerIn: parent; text: line.modelData.keys; font.pixelSize: Theme.sizeSmall; font.weight: Font.Medium }
                    }
                    Label {
                        id: action
                        anchors { left: parent.left; leftMargin: Math.max(104, cap.width + 10); right: parent.right; top: parent.top; topMargin: 3 }
                        text: line.modelData.action
                        color: Theme.muted
                        wrapMode: Text.Wrap
                        elide: Text.ElideNone
                    }
                }
            }
        }
    }
}
