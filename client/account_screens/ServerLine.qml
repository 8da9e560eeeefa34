import QtQuick
import Belfry.Ui
import Belfry.Account

// What is at the address, below its field: found out while it is typed.
Column {
    id: line

    required property SignInView view

    spacing: Theme.gap

    Item {
        width: parent.width
        implicitHeight: 20
        visible: line.view.serverState === SignInView.Checking || line.view.serverState === SignInView.Good
        Spinner {
            id: spinner
            anchors { left: parent.left; verticalCenter: parent.verticalCenter }
            visible: line.view.serverState === SignInView.Checking
            size: 16
            name: line.view.serverWords
        }
        Icon {
            anchors { left: parent.left; verticalCenter: parent.verticalCenter }
            visible: !spinner.visible
            name: "check"
            size: 16
            color: Theme.success
        }
        Label {
            anchors { left: parent.left; leftMargin: 24; right: parent.right; verticalCenter: parent.verticalCenter }
            text: line.view.serverWords
            color: spinner.visible ? Theme.muted : Theme.success
            font.pixelSize: Theme.sizeSmall
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    Notice {
        visible: line.view.serverState === SignInView.Good && line.view.isPlain
        kind: Notice.Warning
        text: qsTr("This address begins with http: your password and your notifications can be read on the way. Use it "
                   + "only in a network that you trust.")
    }
    Notice {
        visible: line.view.serverState === SignInView.Problem
        kind: line.view.fingerprint !== "" || line.view.otherAddress !== "" ? Notice.Warning : Notice.Problem
        text: line.view.fingerprint === "" ? line.view.serverWords
                                           : line.view.serverWords + "\n\nSHA-256\n" + line.view.fingerprint
        PushButton {
            visible: line.view.fingerprint !== ""
            text: qsTr("It is the same: trust it")
            onClicked: line.view.trust()
        }
        PushButton {
            visible: line.view.otherAddress !== ""
            text: qsTr("Use that address")
            onClicked: line.view.goThere()
        }
        PushButton {
            visible: line.view.fingerprint === "" && line.view.otherAddress === ""
            text: qsTr("Look again")
            glyph: "refresh"
            onClicked: line.view.checkAgain()
        }
    }
}
