import QtQuick
import Belfry.Ui

// The request that the server refused: an admin finds it by this.
Item {
    id: line

    required property string requestId
    property color ink: Theme.muted
    property bool isOnDark: false // on the colour of a toast

    signal copyWanted()

    visible: requestId !== ""
    implicitWidth: words.implicitWidth + copy.width + 4
    implicitHeight: visible ? copy.height : 0
    Label {
        id: words
        anchors { left: parent.left; right: copy.left; rightMargin: 4; verticalCenter: parent.verticalCenter }
        text: qsTr("Request %1").arg(line.requestId)
        color: line.ink
        font.pixelSize: Theme.sizeSmall
        elide: Text.ElideMiddle
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    GlyphButton {
        id: copy
        anchors { right: parent.right; verticalCenter: parent.verticalCenter }
        implicitWidth: 28
        implicitHeight: 28
        glyph: "copy"
        isOnDark: line.isOnDark
        name: qsTr("Copy the request's number")
        onClicked: line.copyWanted()
    }
}
