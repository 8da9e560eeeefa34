import QtQuick
import QtQuick.Templates as T

// A place to go to: in the rail with its words, or as a glyph alone where the window is narrow.
T.ItemDelegate {
    id: item

    required property string glyph
    property int count
    property bool isCurrent: false
    property bool isQuiet: false // its number asks for nothing
    property bool isNarrow: false
    property string shortcutText

    implicitHeight: 38
    implicitWidth: isNarrow ? 44 : 180
    leftPadding: isNarrow ? 0 : mirrored ? 8 : 10
    rightPadding: isNarrow ? 0 : mirrored ? 10 : 8
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: count > 0 ? text + ", " + count : text
    Accessible.selected: isCurrent
    Accessible.onPressAction: clicked()

    contentItem: Item {
        Icon {
            id: icon
            name: item.glyph
            color: item.isCurrent ? Theme.accent : Theme.muted
            anchors.verticalCenter: parent.verticalCenter
            x: item.isNarrow ? (parent.width - width) / 2 : item.mirrored ? parent.width - width : 0
        }
        Label {
            visible: !item.isNarrow
            anchors { left: icon.right; leftMargin: 10; right: badge.left; rightMargin: 6; verticalCenter: parent.verticalCenter }
            text: item.text
            color: item.isCurrent ? Theme.accent : Theme.text
            font.weight: item.isCurrent ? Font.DemiBold : Font.Medium
        }
        Badge {
            id: badge
            count: item.count
            isQuiet: item.isQuiet
            visible: item.count > 0 && !item.isNarrow
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
        }
        Rectangle {
            visible: item.isNarrow && item.count > 0
            width: 8; height: 8; radius: 4
            color: Theme.accent
            anchors { left: icon.right; bottom: icon.top; leftMargin: -4; bottomMargin: -6 }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: item.isCurrent ? Theme.selected : item.down ? Theme.pressed : item.hovered ? Theme.hover : "transparent"
        border.width: Theme.isContrast && item.isCurrent ? 2 : 0
        border.color: Theme.accent
        FocusRing { target: item }
    }
    Tip {
        visible: (item.hovered || item.visualFocus) && (item.isNarrow || item.shortcutText !== "")
        text: item.shortcutText === "" ? item.text : item.text + "  ·  " + item.shortcutText
    }
}
