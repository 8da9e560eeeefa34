import QtQuick

// The shadow of what lies above all else, without effects: rounds that grow wider and add up. For the background of a popup,
// as tall and wide as that.
Item {
    id: shade

    anchors.fill: parent
    z: -1
    visible: !Theme.isContrast
    Repeater {
        model: 6
        Rectangle {
            required property int index
            anchors { fill: shade; margins: -2 * index - 1; topMargin: 3 - 2 * index; bottomMargin: -2 * index - 5 }
            radius: Theme.radius + 2 * index + 1
            color: Theme.shadow
        }
    }
}
