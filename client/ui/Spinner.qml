import QtQuick

// Something is under way. Stands still where motion is reduced, and costs nothing while it is not seen.
Item {
    id: spinner

    property string name: qsTr("Please wait")
    property color color: Theme.accent
    property int size: 18

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.Animation
    Accessible.name: name

    Repeater {
        model: 8
        Rectangle {
            required property int index
            readonly property real angle: index * Math.PI / 4
            width: spinner.size / 6
            height: width
            radius: width / 2
            x: spinner.size / 2 + Math.cos(angle) * (spinner.size - width) / 2 - width / 2
            y: spinner.size / 2 + Math.sin(angle) * (spinner.size - width) / 2 - height / 2
            color: spinner.color
            opacity: 0.25 + 0.75 * index / 7
        }
    }
    RotationAnimator on rotation {
        running: spinner.visible && !Theme.reducedMotion
        loops: Animation.Infinite
        from: 0
        to: 360
        duration: 1200
    }
}
