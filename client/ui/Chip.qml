import QtQuick
import QtQuick.Templates as T

// A word that is on or off: a filter.
T.AbstractButton {
    id: chip

    implicitHeight: 28
    implicitWidth: words.implicitWidth + 22
    checkable: true
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checked: checked
    Accessible.onPressAction: { toggle(); clicked() }
    Accessible.onToggleAction: { toggle(); clicked() }

    contentItem: Label {
        id: words
        text: chip.text
        color: chip.checked ? Theme.accent : Theme.muted
        font.pixelSize: Theme.sizeSmall
        font.weight: chip.checked ? Font.DemiBold : Font.Medium
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
    background: Rectangle {
        radius: 14
        color: chip.checked ? Theme.selected : chip.down ? Theme.pressed : chip.hovered ? Theme.hover : Theme.surface
        border.width: chip.checked && Theme.isContrast ? 3 : Theme.borderWidth
        border.color: chip.checked ? Theme.accent : Theme.border
        FocusRing { target: chip; radius: 17 }
    }
}
