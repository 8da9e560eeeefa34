import QtQuick
import Belfry.Ui

Item {
    id: line

    property real value: 0

    implicitHeight: 18
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("%1 percent done").arg(Math.round(value * 100))
    Rectangle {
        anchors { left: parent.left; right: percent.left; rightMargin: 10; verticalCenter: parent.verticalCenter }
        height: 8
        radius: 4
        color: Theme.sunken
        border.width: Theme.isContrast ? 1 : 0
        border.color: Theme.border
        Rectangle {
            anchors { left: parent.left; top: parent.top; bottom: parent.bottom }
            width: Math.max(8, parent.width * Math.min(1, Math.max(0, line.value)))
            radius: 4
            color: Theme.accent
        }
    }
    Label {
        id: percent
        anchors { right: parent.right; verticalCenter: parent.verticalCenter }
        //: how much of it is done
        text: qsTr("%1 %").arg(Math.round(line.value * 100))
        color: Theme.muted
        font.pixelSize: Theme.sizeSmall
        Accessible.ignored: true
    }
}
