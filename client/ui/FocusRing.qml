import QtQuick
import QtQuick.Templates as T

// Shows where the keyboard is; for the background of a control.
Rectangle {
    required property T.Control target

    anchors.fill: parent
    anchors.margins: -3
    radius: Theme.radius + 3
    color: "transparent"
    border.width: 2
    border.color: Theme.focus
    visible: target.visualFocus
}
