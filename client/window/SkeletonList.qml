import QtQuick
import Belfry.Ui

// Where rows will be, while the cache is read or the first sync is under way.
Column {
    id: skeleton

    property string text

    spacing: 5
    Accessible.role: Accessible.StaticText
    Accessible.name: text === "" ? qsTr("Loading") : text
    Label {
        visible: skeleton.text !== ""
        text: skeleton.text
        color: Theme.muted
        font.pixelSize: Theme.sizeSmall
        topPadding: 10
        bottomPadding: 6
        width: parent.width
        leftPadding: 4
        rightPadding: 4
    }
    Repeater {
        model: 6
        Rectangle {
            required property int index
            width: skeleton.width
            height: 71
            radius: Theme.radius + 2
            color: Theme.surface
            border.width: Theme.borderWidth
            border.color: Theme.divider
            opacity: 1 - index * 0.14
            Rectangle { anchors { left: parent.left; leftMargin: 14; verticalCenter: parent.verticalCenter } width: 38; height: 38; radius: 19; color: Theme.sunken }
            Rectangle { anchors { left: parent.left; leftMargin: 64 } y: 14; width: parent.width * 0.2; height: 10; radius: 5; color: Theme.sunken }
            Rectangle { anchors { left: parent.left; leftMargin: 64 } y: 31; width: parent.width * 0.45; height: 11; radius: 5; color: Theme.sunken }
            Rectangle { anchors { left: parent.left; leftMargin: 64 } y: 49; width: parent.width * 0.6; height: 10; radius: 5; color: Theme.sunken }
        }
    }
}
