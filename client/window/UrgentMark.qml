import QtQuick
import Belfry.Ui

Rectangle {
    implicitWidth: word.implicitWidth + 12
    implicitHeight: 17
    radius: 4
    color: Theme.dangerSoft
    border.width: 1
    border.color: Theme.danger
    Label {
        id: word
        anchors.centerIn: parent
        text: qsTr("Urgent")
        color: Theme.danger
        font.pixelSize: 11
        font.weight: Font.DemiBold
    }
}
