import QtQuick
import QtQuick.Templates as T

// On or off, at once: the words at one side, the switch at the other.
T.Switch {
    id: toggle

    property string detail

    implicitWidth: 320
    implicitHeight: Math.max(Theme.control + 6, implicitContentHeight + topPadding + bottomPadding)
    topPadding: 6
    bottomPadding: 6
    leftPadding: mirrored ? 56 : 0
    rightPadding: mirrored ? 0 : 56
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: detail
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onToggleAction: { toggle.toggle(); toggled() }
    Accessible.onPressAction: { toggle.toggle(); toggled() }
    Keys.onReturnPressed: { toggle.toggle(); toggled() }
    Keys.onEnterPressed: { toggle.toggle(); toggled() }

    indicator: Rectangle {
        x: toggle.mirrored ? 0 : toggle.width - width
        y: (toggle.height - height) / 2
        width: 40
        height: 22
        radius: 11
        color: !toggle.enabled ? Theme.sunken : toggle.checked ? Theme.accent : Theme.surface
        border.width: Theme.borderWidth
        border.color: toggle.checked && toggle.enabled ? Theme.accent : Theme.muted
        Rectangle {
            readonly property real start: 4
            readonly property real end: parent.width - width - 4
            x: toggle.checked !== toggle.mirrored ? end : start
            anchors.verticalCenter: parent.verticalCenter
            width: 14
            height: 14
            radius: 7
            color: !toggle.enabled ? Theme.disabled : toggle.checked ? Theme.accentText : Theme.muted
            Behavior on x { NumberAnimation { duration: Theme.fast } }
        }
        FocusRing { target: toggle; radius: 14 }
    }
    contentItem: Words {
        text: toggle.text
        detail: toggle.detail
        isFaded: !toggle.enabled
    }
}
