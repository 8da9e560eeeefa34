import QtQuick
import QtQuick.Templates as T

// A button with words, and perhaps a glyph before them.
T.Button {
    id: button

    enum Kind { Plain, Primary, Quiet, Danger }

    property int kind: PushButton.Plain
    property string glyph
    property bool isOnDark: false // on the colour of a toast
    readonly property bool isFilled: kind === PushButton.Primary
    readonly property color ink: isOnDark ? (Theme.isDark ? "#1a4fb0" : "#a9c8ff") : !enabled ? Theme.disabled
                                          : isFilled ? Theme.accentText
                                          : kind === PushButton.Danger ? Theme.danger
                                          : kind === PushButton.Quiet ? Theme.accent : Theme.text

    implicitHeight: Theme.control
    implicitWidth: content.implicitWidth + leftPadding + rightPadding
    leftPadding: Theme.pad
    rightPadding: Theme.pad
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: text
    Accessible.onPressAction: clicked()

    contentItem: Item {
        implicitWidth: content.implicitWidth
        Row {
            id: content
            anchors.centerIn: parent
            spacing: 6
            Icon {
                visible: button.glyph !== ""
                name: button.glyph
                color: button.ink
                size: 18
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                text: button.text
                color: button.ink
                font.weight: Font.Medium
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: button.isFilled ? (!button.enabled ? Theme.sunken : button.down || button.hovered ? Theme.accentHover : Theme.accent)
                               : button.isOnDark ? (button.hovered ? "#40808080" : "transparent")
                               : button.down ? Theme.pressed
                               : button.hovered ? Theme.hover
                               : button.kind === PushButton.Quiet ? "transparent" : Theme.surface
        border.width: button.isFilled || button.kind === PushButton.Quiet ? (Theme.isContrast ? 2 : 0) : Theme.borderWidth
        border.color: Theme.border
        FocusRing { target: button }
    }
}
