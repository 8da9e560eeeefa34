import QtQuick
import QtQuick.Templates as T

// A thin scroll bar that gets out of the way.
T.ScrollBar {
    id: bar

    implicitWidth: 10
    implicitHeight: 10
    padding: 2
    minimumSize: 0.06
    hoverEnabled: true
    Accessible.ignored: true
    visible: policy === T.ScrollBar.AlwaysOn || (policy === T.ScrollBar.AsNeeded && size < 1)

    contentItem: Rectangle {
        implicitWidth: 6
        implicitHeight: 6
        radius: 3
        color: bar.pressed || bar.hovered ? Theme.muted : Theme.disabled
        opacity: bar.active || bar.hovered || Theme.isContrast ? 0.9 : 0.35
    }
}
