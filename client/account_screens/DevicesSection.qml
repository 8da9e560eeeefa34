import QtQuick
import Belfry.Ui
import Belfry.Account

Section {
    id: section

    required property SettingsView view
    property int going: -1
    property string goingName

    title: qsTr("Signed in on")
    text: qsTr("A device that you sign out has to sign in again before it shows anything new.")

    Item {
        width: parent.width
        implicitHeight: 24
        visible: section.view.sessions.isBusy && section.view.sessions.count === 0
        Spinner { anchors.verticalCenter: parent.verticalCenter; name: qsTr("Loading the list") }
    }
    Paragraph {
        visible: !section.view.sessions.isBusy && section.view.sessions.count === 0 && section.view.sessions.problem === ""
        text: qsTr("The server lists no device of yours.")
        color: Theme.muted
    }
    Repeater {
        model: section.view.sessions
        delegate: Item {
            id: row

            required property int index
            required property string name
            required property string platform
            required property date seenAt
            required property bool isThis
            required property bool isGoing
            readonly property string seen: isThis ? qsTr("This computer")
                                           : isNaN(seenAt.getTime()) ? qsTr("Not seen yet")
                                           : qsTr("Last seen %1").arg(seenAt.toLocaleString(Qt.locale(), Locale.ShortFormat))

            width: parent ? parent.width : 320
            implicitHeight: Math.max(words.implicitHeight, button.height) + 8
            Accessible.role: Accessible.ListItem
            Accessible.name: name + ", " + seen

            Column {
                id: words
                anchors { left: parent.left; right: button.left; rightMargin: Theme.gap; verticalCenter: parent.verticalCenter }
                spacing: 2
                Label {
                    width: parent.width
                    text: row.name
                    font.weight: Font.Medium
                }
                Label {
                    width: parent.width
                    text: row.platform === "" ? row.seen : row.platform + "  ·  " + row.seen
                    color: Theme.muted
                    font.pixelSize: Theme.sizeSmall
                }
            }
            PushButton {
                id: button
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                visible: !row.isThis
                width: visible ? implicitWidth : 0
                enabled: !row.isGoing
                text: qsTr("Sign out")
                Accessible.name: qsTr("Sign out %1").arg(row.name)
                onClicked: {
                    section.going = row.index
                    section.goingName = row.name
                    question.open()
                }
            }
        }
    }
    Notice {
        visible: section.view.sessions.problem !== ""
        kind: Notice.Problem
        text: section.view.sessions.problem
        PushButton {
            text: qsTr("Try again")
            glyph: "refresh"
            onClicked: section.view.sessions.refresh()
        }
    }

    Ask {
        id: question
        objectName: "deviceQuestion"
        title: qsTr("Sign out %1?").arg(section.goingName)
        words: qsTr("It shows nothing new until somebody signs in there again.")
        action: qsTr("Sign out")
        onConfirmed: section.view.sessions.signOut(section.going)
    }
}
