import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window

// The search (C3): what is looked for is saved, called up again, renamed and removed.
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

    TestCase {
        name: "search"
        when: windowShown

        function turn() {
            wait(0)
            wait(0)
        }
        function init() {
            bed.reset()
            turn()
            bed.fill(5, "App")
            turn()
            shell.go(Pages.Inbox)
            turn()
        }
        function cleanup() {
            keyClick(Qt.Key_F, Qt.ControlModifier)
            keyClick(Qt.Key_Escape)
            compare(bed.warnings, [])
        }
        // What assistive technology knows by this name, popups too; null: nothing on the screen.
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
        function write(words: string) {
            keyClick(Qt.Key_F, Qt.ControlModifier)
            for (const letter of words)
                keyClick(letter)
        }
        function press(name: string) {
            tryVerify(() => named(name) !== null, 5000, name)
            waitForRendering(shell)
            mouseClick(named(name))
            turn()
        }
        function focusOn(name: string) {
            tryVerify(() => named(name) !== null, 5000, name)
            named(name).forceActiveFocus(Qt.TabFocusReason)
        }
        function names() {
            const saved = bed.inbox.saved
            const all = []
            for (let row = 0; row < saved.count; ++row)
                all.push(saved.data(saved.index(row, 0), Qt.UserRole + 1))
            return all
        }

        function test_savesWhatIsLookedFor() {
            write("app:app")
            press("Save this search")
            tryVerify(() => named("Name") !== null && named("Name").activeFocus)
            for (const letter of "of app")
                keyClick(letter)
            keyClick(Qt.Key_Return)
            tryCompare(bed.inbox.saved, "count", 1)
            compare(names(), ["of app"])
            tryVerify(() => named("Save this search") === null) // it is
            keyClick(Qt.Key_Escape)
            compare(bed.inbox.search, "")
        }
        function test_callsUpASavedOne() {
            bed.inbox.saved.save("Mine", "app:solo")
            write("")
            focusOn("Saved search Mine")
            keyClick(Qt.Key_Return)
            compare(bed.inbox.search, "app:solo")
            verify(named("Saved search Mine").checked)
            keyClick(Qt.Key_Space)
            compare(bed.inbox.search, "")
            verify(named("Saved search Mine") !== null) // the keyboard is still there
        }
        function test_renames() {
            bed.inbox.saved.save("Mine", "app:solo")
            bed.inbox.saved.save("Yours", "app:duo")
            write("")
            focusOn("Saved search Mine")
            keyClick(Qt.Key_F2)
            tryVerify(() => named("Name") !== null && named("Name").activeFocus)
            compare(named("Name").text, "Mine")
            for (const letter of "yours")
                keyClick(letter)
            keyClick(Qt.Key_Return)
            compare(names(), ["Mine", "Yours"])
            tryVerify(() => named("Name").problem !== "")
            keyClick(Qt.Key_Backspace)
            keyClick(Qt.Key_Return)
            tryVerify(() => named("Name") === null)
            compare(names(), ["your", "Yours"])
        }
        function test_removesAndTakesBack() {
            bed.inbox.saved.save("Mine", "app:solo")
            bed.inbox.saved.save("Yours", "app:duo")
            write("")
            focusOn("Saved search Mine")
            keyClick(Qt.Key_Delete)
            compare(names(), ["Yours"])
            verify(bed.toast.canUndo)
            verify(bed.toast.text.includes("Mine"), bed.toast.text)
            keyClick(Qt.Key_Escape) // the keyboard was left in the search
            verify(shell.activeFocus && named("Saved search Yours") === null)
            keyClick(Qt.Key_Z, Qt.ControlModifier)
            compare(names(), ["Mine", "Yours"])
            verify(!bed.toast.canUndo)
        }
        function test_aMenuDoesAsMuch() {
            bed.inbox.saved.save("Mine", "app:solo")
            write("")
            press("More for Mine")
            press("Remove, Del")
            tryCompare(bed.inbox.saved, "count", 0)
            press("Undo")
            compare(names(), ["Mine"])
        }
        function test_manyAreScrolled() {
            for (let i = 0; i < 50; ++i)
                bed.inbox.saved.save("Number " + i, "word" + i)
            write("")
            focusOn("Saved search Number 49")
            const last = named("Saved search Number 49")
            verify(last.mapToItem(shell, 0, last.height).y < 320)
        }
    }
}
