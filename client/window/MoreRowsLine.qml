import QtQuick
import Belfry.Ui
import Belfry.Window

// What lies below the last row: more of it on the server, on its way, or why it can't be had.
Item {
    id: line

    required property MoreRows more
    property string fullText // there is more than this computer keeps

    visible: more.state !== MoreRows.Nothing
    implicitHeight: visible ? column.implicitHeight + 2 * Theme.pad : 0

    Column {
        id: column
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: Theme.pad }
        spacing: 6
        Item {
            visible: line.more.state === MoreRows.Loading
            width: parent.width
            height: Theme.control
            Spinner {
                anchors.centerIn: parent
                visible: parent.visible && !patience.running // what comes at once needs none
                name: qsTr("More is being loaded")
            }
            Timer { id: patience; interval: 150; running: line.more.state === MoreRows.Loading }
        }
        Label {
            visible: text !== ""
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: line.more.state === MoreRows.Failed ? qsTr("There may be more on the server. %1").arg(line.more.problem)
                : line.more.state === MoreRows.Full ? line.fullText : ""
            color: Theme.muted
            font.pixelSize: Theme.sizeSmall
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        RequestLine {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(implicitWidth, parent.width)
            requestId: line.more.requestId
            onCopyWanted: line.more.copyRequestId()
        }
        PushButton {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: line.more.state === MoreRows.Some || line.more.state === MoreRows.Failed
            kind: PushButton.Quiet
            text: line.more.state === MoreRows.Failed ? qsTr("Try again") : qsTr("Show more")
            onClicked: line.more.state === MoreRows.Failed ? line.more.retry() : line.more.load()
        }
    }
}
