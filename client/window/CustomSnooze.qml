import QtQuick
import Belfry.Ui
import Belfry.Window

// Any day and time, in the zone of this computer.
Sheet {
    id: sheet

    required property InboxView inbox
    readonly property date until: inbox.wallTime(day.text, time.text)
    readonly property bool isGood: !isNaN(until)
    readonly property bool isOver: !isGood && day.problem === "" && time.problem === ""

    signal chosen(date until)

    function openFresh() {
        day.text = inbox.tomorrowText()
        time.text = inbox.morningText()
        open()
        day.input.forceActiveFocus()
        day.input.selectAll()
    }
    function take() {
        if (!isGood)
            return
        close()
        chosen(until)
    }

    title: qsTr("Snooze until")
    width: parent ? Math.min(parent.width - 24, 380) : 380
    contentItem: Column {
        spacing: 14
        Row {
            spacing: 12
            width: parent.width
            InputField {
                id: day
                width: (parent.width - 12) * 0.58
                label: qsTr("Day")
                problem: sheet.inbox.dayProblem(text)
                onAccepted: sheet.take()
            }
            InputField {
                id: time
                width: (parent.width - 12) * 0.42
                label: qsTr("Time")
                problem: sheet.inbox.timeProblem(text)
                onAccepted: sheet.take()
            }
        }
        Label {
            width: parent.width
            visible: sheet.isGood || sheet.isOver
            text: sheet.isGood ? sheet.inbox.exactly(sheet.until) : qsTr("That is over: it has to be still to come")
            color: sheet.isGood ? Theme.muted : Theme.danger
            Accessible.role: sheet.isGood ? Accessible.StaticText : Accessible.AlertMessage
            Accessible.name: text
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
        Row {
            spacing: 8
            anchors.right: parent.right
            PushButton { text: qsTr("Cancel"); kind: PushButton.Quiet; onClicked: sheet.close() }
            PushButton { text: qsTr("Snooze"); kind: PushButton.Primary; enabled: sheet.isGood; onClicked: sheet.take() }
        }
    }
}
