import QtQuick
import Belfry.Ui

// The word, beside the stripe; where there is no place for it, the glyph that stands for it.
Rectangle {
    property bool isShort: false
    readonly property real fullWidth: word.implicitWidth + 12

    implicitWidth: isShort ? 24 : fullWidth
    implicitHeight: 17
    radius: 4
    color: Theme.dangerSoft
    border.width: 1
    border.color: Theme.danger
    Label {
        id: word
        visible: !parent.isShort
        anchors.centerIn: parent
        text: qsTr("Urgent")
        color: Theme.danger
        font.pixelSize: 11
        font.weight: Font.DemiBold
    }
    Icon {
        visible: parent.isShort
        anchors.centerIn: parent
        name: "warning"
        size: 13
        weight: 2.4
        color: Theme.danger
    }
}
