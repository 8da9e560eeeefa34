import QtQuick
import Belfry.Ui

// The header of a day in the list.
Item {
    id: header

    required property string text
    property int unread: 0

    implicitHeight: 34
    Accessible.role: Accessible.Heading
    Accessible.name: header.unread > 0 ? qsTr("%1, %n unread", "", header.unread).arg(header.text) : header.text
    Label {
        anchors { left: parent.left; leftMargin: 4; bottom: parent.bottom; bottomMargin: 7 }
        text: header.text
        isStrong: true
        color: Theme.muted
        font.pixelSize: Theme.sizeSmall
        Accessible.ignored: true
    }
}
