import QtQuick
import QtQuick.Templates as T
import Belfry.Ui
import Belfry.Window

// What decided that it came, and how long each step took.
Sheet {
    id: sheet

    required property WhyView why

    title: qsTr("Why did I get this?")
    contentItem: Flickable {
        implicitHeight: Math.max(90, column.implicitHeight)
        contentHeight: column.implicitHeight
        contentWidth: width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: Scroller { }
        Column {
            id: column
            width: parent.width
            spacing: 10
            Label {
                visible: sheet.why.isAsking
                width: parent.width
                text: qsTr("Asking the server …")
                color: Theme.muted
            }
            Label {
                visible: sheet.why.problem !== ""
                width: parent.width
                text: sheet.why.problem
                color: Theme.danger
                wrapMode: Text.Wrap
                elide: Text.ElideNone
            }
            RequestLine {
                width: Math.min(parent.width, implicitWidth)
                requestId: sheet.why.requestId
                onCopyWanted: sheet.why.copyRequestId()
            }
            Repeater {
                model: sheet.why.ways
                Rectangle {
                    id: way
                    required property var modelData
                    width: column.width
                    height: lines.implicitHeight + 20
                    radius: Theme.radius
                    color: Theme.sunken
                    border.width: Theme.isContrast ? 2 : 0
                    border.color: Theme.border
                    Accessible.role: Accessible.StaticText
                    Accessible.name: [modelData.name, modelData.state, modelData.why].join(", ")
                    Column {
                        id: lines
                        anchors { left: parent.left; right: parent.right; margins: 12; verticalCenter: parent.verticalCenter }
                        spacing: 2
                        Item {
                            width: parent.width
                            height: name.implicitHeight
                            Label { id: name; anchors.left: parent.left; text: way.modelData.name; font.weight: Font.Medium }
                            Label { anchors.right: parent.right; text: way.modelData.state; color: Theme.muted; font.pixelSize: Theme.sizeSmall }
                        }
                        Label {
                            visible: text !== ""
                            width: parent.width
                            text: way.modelData.why
                            color: Theme.muted
                            font.pixelSize: Theme.sizeSmall
                            wrapMode: Text.Wrap
                            elide: Text.ElideNone
                        }
                    }
                }
            }
            Repeater {
                model: sheet.why.steps
                Item {
                    id: step
                    required property var modelData
                    width: column.width
                    height: what.implicitHeight + 4
                    Accessible.role: Accessible.StaticText
                    Accessible.name: modelData.when + " " + modelData.what
                    Label {
                        id: time
                        anchors.left: parent.left
                        width: 96
                        text: step.modelData.when
                        color: Theme.muted
                        font.pixelSize: Theme.sizeSmall
                    }
                    Label {
                        id: what
                        anchors { left: time.right; right: parent.right }
                        text: step.modelData.what
                        font.pixelSize: Theme.sizeSmall
                        wrapMode: Text.Wrap
                        elide: Text.ElideNone
                    }
                }
            }
        }
    }
}
