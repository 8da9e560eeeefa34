import QtQuick
import Belfry.Ui
import Belfry.Window

// Any day and time, in the zone of this computer.
Sheet {
    id: sheet

    required property InboxView inbox
    readonly property date until: inbox.wallTime(day.text, time.text)
    readonly property bool isGood: !isNaN(until)

    signal chosen(date until)

    function openFresh() {
        const tomorrow = new Date(Date.now() + 24 * 3600 * 1000)
        day.text = Qt.formatDate(tomorrow, "yyyy-MM-dd")
        time.text = "08:00"
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
                label: qsTr("Day (year-month-day)")
                onAccepted: sheet.take()
            }
            InputField {
                id: time
                width: (parent.width - 12) * 0.42
                label: qsTr("Time (hours:minutes)")
                onAccepted: sheet.take()
            }
        }
        Label {
            width: parent.width
            text: sheet.isGood ? sheet.inbox.exactly(sheet.until)
                               : qsTr("A day and a time that are still to come, like 2026-12-24 and 18:00")
            color: sheet.isGood ? Theme.muted : Theme.danger
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
