import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window

// What the server has beyond the rows that are here comes below the last of them: of the archive, of a search.
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
    Rectangle { id: cover; anchors.fill: parent; visible: false }
    SignalSpy { id: copies; target: bed.inbox.more; signalName: "copyWanted" }

    TestCase {
        name: "more"
        when: windowShown

        function turn() {
            wait(0)
            wait(0)
        }
        function init() {
            bed.reset()
            copies.clear()
            shell.go(Pages.Inbox)
            turn()
        }
        function cleanup() {
            keyClick(Qt.Key_F, Qt.ControlModifier)
            keyClick(Qt.Key_Escape)
            compare(bed.takeWarnings(), [])
        }
        function named(name) {
            let top = root
            while (top.parent)
                top = top.parent
            return findNamed(name, top)
        }
        function findNamed(name, item) {
            for (let i = 0; i < item.children.length; ++i) {
                const child = item.children[i]
                if (!child.visible)
                    continue
                if (child.Accessible.name === name)
                    return child
                const inside = findNamed(name, child)
                if (inside)
                    return inside
            }
            return null
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
        function rows() { return bed.inbox.rows.rowCount() }
        function press(name) {
            tryVerify(() => named(name) !== null, 5000, name)
            waitForRendering(shell)
            mouseClick(named(name))
            turn()
        }

        function test_theArchiveGoesOn() {
            bed.keepArchivedThere(45)
            shell.go(Pages.Archive)
            turn()
            compare(rows(), 0)
            press("Show more")
            tryVerify(() => rows() === 40) // twenty, each of a day of its own
            shell.go(Pages.Archive)
            keyClick(Qt.Key_End)
            tryVerify(() => rows() === 80)
            // Scrolled to the end.
            tryVerify(() => bed.inbox.more.state === MoreRows.Some)
            listIn(shell).positionViewAtEnd()
            tryVerify(() => rows() === 90)
            compare(bed.inbox.more.state, MoreRows.Nothing)
            verify(named("Show more") === null)
        }
        // Folded stacks may leave the end in sight: that alone loads nothing.
        function test_anEndInSightIsNotScrolledTo() {
            bed.keepArchivedThere(45)
            shell.go(Pages.Archive)
            turn()
            press("Show more")
            tryVerify(() => rows() === 40)
            for (let turns = 0; turns < 5; ++turns)
                turn()
            compare(rows(), 40)
        }
        function test_theKeyboardGoesOnAtTheLastRow() {
            bed.keepArchivedThere(21)
            shell.go(Pages.Archive)
            turn()
            press("Show more")
            tryVerify(() => rows() === 40)
            shell.go(Pages.Archive) // the keyboard is in the list
            for (let steps = 0; steps < 20; ++steps)
                keyClick(Qt.Key_J)
            keyClick(Qt.Key_J) // from the last one
            tryVerify(() => rows() === 42)
            compare(bed.inbox.more.state, MoreRows.Nothing)
        }
        // What is drawn while rows move is what is drawn of them from nothing.
        function test_movingLeavesNothingBehind() {
            bed.keepArchivedThere(20)
            shell.go(Pages.Archive)
            turn()
            press("Show more")
            tryVerify(() => rows() === 40)
            tryVerify(() => listIn(shell) !== null)
            const list = listIn(shell)
            for (const place of [0, 16, 33, 300, 1300, 1316, 700, 90]) {
                list.contentY = list.originY + place
                waitForRendering(shell)
                turn()
                const moved = grabImage(root)
                cover.visible = true
                turn()
                grabImage(root)
                cover.visible = false
                turn()
                verify(grabImage(root).equals(moved), "at " + place)
            }
        }
        function test_aFailureSaysSoAndIsTriedAgain() {
            bed.keepArchivedThere(5)
            bed.refuse()
            bed.goOnline()
            shell.go(Pages.Archive)
            turn()
            press("Show more")
            tryVerify(() => named("Request 7f3a-41") !== null)
            press("Copy the request's number")
            compare(copies.count, 1)
            compare(copies.signalArguments[0][0], "7f3a-41")
            verify(named("There may be more on the server. " + bed.inbox.more.problem) !== null)
            bed.accept()
            press("Try again")
            tryVerify(() => rows() === 10)
            compare(named("Request 7f3a-41"), null)
        }
        function test_aFullComputerSaysSo() {
            bed.keepArchivedThere(25)
            shell.go(Pages.Archive)
            turn()
            press("Show more")
            tryVerify(() => rows() === 40)
            bed.beFull()
            shell.go(Pages.Archive)
            keyClick(Qt.Key_End)
            tryCompare(bed.inbox.more, "state", MoreRows.Full)
            tryVerify(() => named("Older ones are on the server, where a search finds them.") !== null)
        }
        function test_aSearchGoesOnToo() {
            bed.keepArchivedThere(25)
            keyClick(Qt.Key_F, Qt.ControlModifier)
            for (const letter of "archived")
                keyClick(letter)
            keyClick(Qt.Key_Return)
            tryVerify(() => rows() === 40)
            shell.go(shell.page) // the keyboard is in the list
            keyClick(Qt.Key_End)
            tryVerify(() => rows() === 50)
        }
        function test_aSearchThatIsRefusedSaysSo() {
            bed.fill(1, "App")
            bed.refuse()
            bed.goOnline()
            keyClick(Qt.Key_F, Qt.ControlModifier)
            for (const letter of "message")
                keyClick(letter)
            keyClick(Qt.Key_Return)
            tryVerify(() => named("Request 7f3a-41") !== null)
            compare(rows(), 2) // what was found here stays
            keyClick(Qt.Key_F, Qt.ControlModifier)
            for (const letter of "nowhere")
                keyClick(letter)
            keyClick(Qt.Key_Return)
            tryVerify(() => rows() === 0 && named("Request 7f3a-41") !== null)
            verify(named("Nothing found. Other words, or fewer, may find more.") !== null)
        }
    }
}
