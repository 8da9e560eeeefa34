import QtQuick
import QtQuick.Templates as T

// A button of a glyph alone. Its name is its tool tip, and what assistive technology says.
T.AbstractButton {
    id: button

    required property string glyph
    required property string name
    property string shortcutText
    property bool isOnDark: false // on the colour of a toast
    property color ink: isOnDark ? (Theme.isDark ? "#33373f" : "#d5dae3") : Theme.muted

    implicitWidth: Theme.control
    implicitHeight: Theme.control
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.onPressAction: clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.glyph
            color: !button.enabled ? Theme.disabled : button.hovered && !button.isOnDark ? Theme.text : button.ink
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: button.isOnDark ? (button.hovered ? "#40808080" : "transparent")
                               : button.down ? Theme.pressed : button.hovered ? Theme.hover : "transparent"
        FocusRing { target: button }
    }
    Tip {
        visible: button.hovered || button.visualFocus
        text: button.shortcutText === "" ? button.name : button.name + "  ·  " + button.shortcutText
    }
}
