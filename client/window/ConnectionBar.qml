import QtQuick
import Belfry.Ui
import Belfry.Window

// Above the list, while the server is not there: since when, what is tried, and what the person can do.
Rectangle {
    id: bar

    required property ConnectionView connection

    visible: connection.kind > ConnectionView.Online
    implicitHeight: visible ? Math.max(44, words.implicitHeight + 18) : 0
    radius: Theme.radius
    color: connection.kind === ConnectionView.Offline ? Theme.warningSoft : Theme.dangerSoft
    border.width: Theme.borderWidth
    border.color: connection.kind === ConnectionView.Offline ? Theme.warning : Theme.danger
    Accessible.role: Accessible.AlertMessage
    Accessible.name: connection.text

    Column {
        id: words
        anchors { left: parent.left; leftMargin: 14; right: button.left; rightMargin: 10; verticalCenter: parent.verticalCenter }
        spacing: 1
        Label {
            width: parent.width
            text: bar.connection.kind === ConnectionView.SignIn ? qsTr("Sign in again to receive what is new") : bar.connection.text
            font.weight: Font.Medium
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: bar.connection.waitingOps > 0 ? qsTr("%n changes are sent as soon as the server is there", "", bar.connection.waitingOps)
                                                : bar.connection.reason
            color: Theme.muted
            font.pixelSize: Theme.sizeSmall
            wrapMode: Text.Wrap
            maximumLineCount: 2
        }
        RequestLine {
            width: Math.min(parent.width, implicitWidth)
            requestId: bar.connection.requestId
            onCopyWanted: bar.connection.copyRequestId()
        }
    }
    PushButton {
        id: button
        anchors { right: parent.right; rightMargin: 6; verticalCenter: parent.verticalCenter }
        text: bar.connection.kind === ConnectionView.SignIn ? qsTr("Sign in") : qsTr("Retry")
        onClicked: bar.connection.kind === ConnectionView.SignIn ? bar.connection.signIn() : bar.connection.retry()
    }
}
