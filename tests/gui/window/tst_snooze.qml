import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window

// Any day and time (C5), as people here write them. It is Tuesday, 3 November 2026, 14:30.
Item {
    id: root
    width: 1180
    height: 760

    CustomSnooze {
        id: sheet
        inbox: bed.inbox
    }
    SignalSpy { id: chosen; target: sheet; signalName: "chosen" }

    TestCase {
        name: "snooze"
        when: windowShown

        function init() {
            chosen.clear()
            sheet.openFresh()
            tryCompare(sheet, "opened", true)
        }
        function cleanup() {
            sheet.close()
            tryCompare(sheet, "visible", false)
            compare(bed.takeWarnings(), [])
        }
        function field(label) {
            return findIn(sheet.contentItem, item => item.label === label)
        }
        function findIn(item, fits) {
            for (let i = 0; i < item.children.length; ++i) {
                const child = item.children[i]
                if (fits(child))
                    return child
                const inside = findIn(child, fits)
                if (inside)
                    return inside
            }
            return null
        }
        function shows(words) {
            return findIn(sheet.contentItem, item => item.visible && item.text === words) !== null
        }

        function test_beginsWithTomorrowMorning() {
            compare(field("Day").text, "04/11/2026")
            compare(field("Time").text, "08:00")
            verify(sheet.isGood)
            keyClick(Qt.Key_Return)
            compare(chosen.count, 1)
            compare(chosen.signalArguments[0][0].toISOString(), "2026-11-04T07:00:00.000Z")
        }
        function test_takesWhatIsWrittenHere() {
            for (const letter of "24/12/26")
                keyClick(letter)
            keyClick(Qt.Key_Tab)
            keyClick(Qt.Key_A, Qt.ControlModifier)
            for (const letter of "6 pm")
                keyClick(letter)
            keyClick(Qt.Key_Return)
            compare(chosen.count, 1)
            compare(chosen.signalArguments[0][0].toISOString(), "2026-12-24T17:00:00.000Z")
        }
        function test_saysWhichOfThemIsWrong() {
            field("Day").text = "soon"
            compare(field("Day").problem, "A day is written like 04/11/2026 or 2026-11-04")
            compare(field("Time").problem, "")
            verify(!sheet.isOver)
            field("Day").text = "2026-12-24"
            field("Time").text = "25:00"
            compare(field("Day").problem, "")
            compare(field("Time").problem, "A time is written like 18:00")
            keyClick(Qt.Key_Return)
            compare(chosen.count, 0)
            verify(sheet.visible)
        }
        function test_saysThatItIsOver() {
            field("Day").text = "3/11/2026"
            field("Time").text = "14:29"
            verify(sheet.isOver)
            verify(shows("That is over: it has to be still to come"))
            field("Time").text = "14:31"
            verify(sheet.isGood && !shows("That is over: it has to be still to come"))
        }
    }
}
