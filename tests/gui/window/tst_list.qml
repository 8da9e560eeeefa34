import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window

// The list under keyboard and pointer (C2).
Item {
    id: root
    width: 1180
    height: 760

    Shell {
        id: shell
        anchors.fill: parent
        inbox: bed.inbox
        detail: bed.detail
        toast: bed.toast
        connection: bed.connection
        why: bed.why
    }
    SignalSpy { id: retries; target: bed.connection; signalName: "retryWanted" }
    SignalSpy { id: links; target: bed.detail; signalName: "linkWanted" }

    TestCase {
        name: "list"
        when: windowShown

        // Today: 5 of "App", 1 of "Solo" above them.
        property int first
        property int solo

        function turn() {
            wait(0)
            wait(0)
        }
        function init() {
            bed.reset()
            turn()
            shell.width = root.width
            first = bed.fill(5, "App")
            solo = bed.fill(1, "Solo")
            turn()
            shell.go(Pages.Inbox)
            turn()
        }
        function cleanup() {
            compare(bed.takeWarnings(), [])
        }

        function test_movesAndOpens() {
            keyClick(Qt.Key_J) // passes the header over
            compare(shell.currentRow, 1)
            keyClick(Qt.Key_Down)
            compare(shell.currentRow, 2)
            keyClick(Qt.Key_K)
            compare(bed.inbox.idAt(shell.currentRow), bed.idOf(solo))
            keyClick(Qt.Key_K)
            compare(shell.currentRow, 1)
            keyClick(Qt.Key_Return)
            turn()
            verify(bed.detail.isOpen)
            compare(bed.detail.notificationId, bed.idOf(solo))
            compare(bed.sent, ["read 1"])
            verify(!bed.detail.isUnread)
            keyClick(Qt.Key_Escape)
            verify(!bed.detail.isOpen)
        }
        function test_archivesAndTakesBack() {
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_E)
            turn()
            compare(bed.inbox.rowOf(bed.idOf(solo)), -1)
            verify(bed.toast.canUndo)
            compare(bed.toast.text, "1 archived")
            verify(!bed.inbox.isHeader(shell.currentRow))
            keyClick(Qt.Key_Z, Qt.ControlModifier)
            turn()
            verify(bed.inbox.rowOf(bed.idOf(solo)) > 0)
        }
        function test_aFoldedStackIsOne() {
            compare(bed.inbox.rows.rowCount(), 3) // a day, Solo, the stack of App
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_E)
            turn()
            compare(bed.sent, ["archive 5"])
            compare(bed.toast.text, "5 archived")
        }
        function test_opensAStack() {
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_Right)
            turn()
            compare(bed.inbox.rows.rowCount(), 7)
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_U)
            turn()
            compare(bed.sent, ["read 1"])
            keyClick(Qt.Key_Left)
            turn()
            compare(bed.inbox.rows.rowCount(), 3)
        }
        function test_opensAStackTheOtherWayWhereOneReadsFromRightToLeft() {
            shell.LayoutMirroring.enabled = true
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_Left)
            turn()
            compare(bed.inbox.rows.rowCount(), 7)
            keyClick(Qt.Key_Right)
            turn()
            compare(bed.inbox.rows.rowCount(), 3)
            shell.LayoutMirroring.enabled = false
        }
        // Rows that wait for another use are still children of the list: whoever walks them must not meet them.
        function test_rowsThatWaitAreNotThere() {
            bed.fill(60, "Many")
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_Right) // sixty rows, of which ten are seen
            turn()
            const list = listIn(shell)
            const strays = () => Array.from(list.contentItem.children).filter(item => item.visible && item.index !== undefined
                                                                              && list.itemAtIndex(item.index) !== item)
            const shown = () => Array.from(list.contentItem.children).filter(item => item.visible && item.notificationId).length
            for (const key of [Qt.Key_End, Qt.Key_Home, Qt.Key_PageDown]) {
                keyClick(key)
                waitForRendering(list)
                compare(strays().length, 0)
                verify(shown() >= 5) // what is used again is seen again
            }
        }
        function listIn(item) {
            for (let i = 0; i < item.children.length; ++i) {
                const child = item.children[i]
                const found = child instanceof ListView && child.visible ? child : listIn(child)
                if (found)
                    return found
            }
            return null
        }
        function test_choosesMany() {
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_X)
            compare(bed.inbox.selectionCount, 1)
            keyClick(Qt.Key_A, Qt.ControlModifier)
            compare(bed.inbox.selectionCount, 6)
            keyClick(Qt.Key_Escape)
            compare(bed.inbox.selectionCount, 0)
            keyClick(Qt.Key_Down, Qt.ShiftModifier)
            compare(bed.inbox.selectionCount, 6)
            keyClick(Qt.Key_Delete)
            turn()
            compare(bed.sent, ["delete 6"])
            compare(bed.inbox.selectionCount, 0)
            compare(bed.inbox.rows.rowCount(), 0)
        }
        function test_snoozesFromTheMenu() {
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_H)
            tryVerify(() => shell.isMenuOpen)
            keyClick(Qt.Key_Return)
            turn()
            tryCompare(bed.inbox, "snoozedCount", 1)
            verify(bed.toast.text.startsWith("1 snoozed until 15:30"), bed.toast.text)
            tryVerify(() => !shell.isMenuOpen)
            keyClick(Qt.Key_3, Qt.ControlModifier)
            turn()
            compare(bed.inbox.view, InboxView.Snoozed)
            compare(bed.inbox.rows.rowCount(), 2)
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_B)
            turn()
            compare(bed.inbox.rows.rowCount(), 0)
        }
        function test_staysAmongTheUnreadWhileItIsRead() {
            shell.go(Pages.Unread)
            turn()
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_Return)
            turn()
            verify(bed.inbox.rowOf(bed.idOf(solo)) > 0)
            keyClick(Qt.Key_Escape)
            turn()
            compare(bed.inbox.rowOf(bed.idOf(solo)), -1)
        }
        function test_lettersBelongToTheSearchWhileItHasTheKeyboard() {
            keyClick(Qt.Key_F, Qt.ControlModifier)
            keyClick("e")
            keyClick("u")
            turn()
            compare(bed.sent, [])
            compare(bed.inbox.search, "eu")
            keyClick(Qt.Key_Escape)
            compare(bed.inbox.search, "")
        }
        function test_finds() {
            keyClick(Qt.Key_Slash)
            for (const letter of "message " + first)
                keyClick(letter)
            tryVerify(() => bed.inbox.rowOf(bed.idOf(first)) > 0 && bed.inbox.rows.rowCount() === 2)
            keyClick(Qt.Key_Escape)
            tryVerify(() => bed.inbox.rows.rowCount() === 3)
        }
        function test_tellsWhatASearchDoesNotUnderstand() {
            bed.inbox.search = "is:green"
            verify(bed.inbox.searchProblem.includes("green"), bed.inbox.searchProblem)
            bed.inbox.search = ""
        }
        function test_mutes() {
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_M)
            turn()
            compare(bed.sent, ["mute general"])
            verify(bed.toast.text.includes("general"), bed.toast.text)
        }
        function test_offline() {
            bed.goOffline()
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_U)
            turn()
            compare(bed.connection.text, "Offline since 14:02 · retry in 8 s")
            keyClick(Qt.Key_R, Qt.ControlModifier)
            compare(retries.count, 1)
            verify(bed.inbox.rows.data(bed.inbox.rows.index(1, 0), 0) !== undefined)
        }
        function test_clickOpens() {
            mouseClick(shell, 500, 150)
            turn()
            verify(bed.detail.isOpen)
        }
        function test_linksAreToldNotFollowed() {
            bed.reset()
            turn()
            bed.fillGallery()
            turn()
            shell.open(bed.idOf(bed.galleryReview))
            links.clear()
            bed.detail.openLink("javascript:alert(1)")
            bed.detail.openLink("file:///etc/passwd")
            compare(links.count, 0)
            bed.detail.openLink(bed.detail.link)
            compare(links.count, 1)
            bed.detail.perform("approve")
            compare(links.count, 2)
            verify(bed.sent.includes("click 1"))
        }
        function test_newsDoNotPushAway() {
            for (let i = 0; i < 30; ++i)
                bed.fill(1, "App " + i)
            turn()
            shell.go(Pages.Unread)
            shell.go(Pages.Inbox)
            turn()
            for (let i = 0; i < 20; ++i)
                keyClick(Qt.Key_J)
            turn()
            const current = bed.inbox.idAt(shell.currentRow)
            bed.fill(1, "News")
            turn()
            tryVerify(() => bed.inbox.idAt(shell.currentRow) === current)
            compare(shell.newAbove, 1)
            shell.showNews()
            turn()
            compare(shell.newAbove, 0)
        }
        // The stack that news come to goes up: past what is read, which stays where it is.
        function test_aStackThatGoesUpDoesNotPushAway() {
            bed.fill(1, "Low")
            for (let i = 0; i < 12; ++i)
                bed.fill(1, "App " + i)
            turn()
            shell.go(Pages.Unread)
            shell.go(Pages.Inbox)
            turn()
            for (let i = 0; i < 4; ++i)
                keyClick(Qt.Key_J)
            turn()
            const list = listIn(shell)
            const current = bed.inbox.idAt(shell.currentRow)
            const place = () => Math.round(list.currentItem.y - list.contentY)
            const before = place()
            verify(list.atYBeginning)
            const first = bed.fill(2, "Low")
            turn()
            tryCompare(shell, "newAbove", 1)
            compare(bed.inbox.rowOf(bed.idOf(first + 1)), 1)
            compare(bed.inbox.idAt(shell.currentRow), current)
            compare(place(), before)
            // And what is read itself: it is still the same row.
            shell.showNews()
            keyClick(Qt.Key_Home)
            compare(bed.inbox.idAt(shell.currentRow), bed.idOf(first + 1))
            const next = bed.fill(1, "Low")
            turn()
            compare(bed.inbox.idAt(shell.currentRow), bed.idOf(next))
            compare(shell.currentRow, 1)
        }
    }
}
