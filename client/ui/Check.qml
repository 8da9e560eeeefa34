import QtQuick
import QtQuick.Templates as T

// A box to tick, with its words beside it and perhaps a line below them.
T.CheckBox {
    id: box

    property string detail

    implicitWidth: Math.min(implicitContentWidth, 420) + leftPadding + rightPadding
    implicitHeight: Math.max(Theme.control, implicitContentHeight + topPadding + bottomPadding)
    topPadding: 5
    bottomPadding: 5
    leftPadding: mirrored ? 0 : 30
    rightPadding: mirrored ? 30 : 0
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: text
    Accessible.description: detail
    Accessible.onToggleAction: { toggle(); toggled() }
    Accessible.onPressAction: { toggle(); toggled() }
    Keys.onReturnPressed: { toggle(); toggled() }
    Keys.onEnterPressed: { toggle(); toggled() }

    indicator: Rectangle {
        x: box.mirrored ? box.width - width : 0
        y: 8
        width: 18
        height: 18
        radius: 4
        color: !box.enabled ? Theme.sunken : box.checked ? Theme.accent : box.hovered ? Theme.hover : Theme.surface
        border.width: Theme.borderWidth
        border.color: box.checked && box.enabled ? Theme.accent : Theme.muted
        Icon {
            anchors.centerIn: parent
            visible: box.checked
            name: "check"
            size: 16
            weight: 2.4
            color: box.enabled ? Theme.accentText : Theme.disabled
        }
        FocusRing { target: box }
    }
    contentItem: Words {
        text: box.text
        detail: box.detail
        isFaded: !box.enabled
    }
}
