import QtQuick
import QtQuick.Templates as T

// A line of a PopMenu: glyph, words, and at the end what belongs to it (a time, a key).
T.MenuItem {
    id: item

    property string glyph
    property string side

    implicitHeight: 34
    implicitWidth: 44 + words.implicitWidth + (side === "" ? 0 : 24 + aside.implicitWidth) + 12
    leftPadding: mirrored ? 12 : 10
    rightPadding: mirrored ? 10 : 12
    hoverEnabled: true
    Accessible.role: Accessible.MenuItem
    Accessible.name: side === "" ? text : text + ", " + side
    Accessible.onPressAction: triggered()

    contentItem: Item {
        Icon {
            id: icon
            visible: item.glyph !== ""
            name: item.glyph
            size: 18
            color: item.enabled ? Theme.muted : Theme.disabled
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
        }
        Label {
            id: words
            anchors { left: parent.left; leftMargin: 28; verticalCenter: parent.verticalCenter }
            text: item.text
            color: item.enabled ? Theme.text : Theme.disabled
        }
        Label {
            id: aside
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            text: item.side
            color: Theme.muted
            font.pixelSize: Theme.sizeSmall
        }
    }
    background: Rectangle {
        radius: Theme.radius - 3
        color: item.down ? Theme.pressed : item.highlighted ? Theme.hover : "transparent"
        border.width: Theme.isContrast && item.highlighted ? 2 : 0
        border.color: Theme.focus
    }
}
