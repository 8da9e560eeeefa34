import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window

// The search (C3): what is found is marked; what is looked for is saved, called up again, renamed and removed.
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
            compare(bed.takeWarnings(), [])
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
        function test_whatIsFoundFirstIsSeenFirst() {
            for (let i = 0; i < 40; ++i)
                bed.fill(1, "App " + i)
            turn()
            const list = listIn(shell)
            list.positionViewAtEnd()
            verify(list.contentY > list.originY + 100)
            write("message")
            tryVerify(() => !bed.inbox.isSearching)
            turn()
            compare(list.contentY, list.originY)
            keyClick(Qt.Key_Return)
            keyClick(Qt.Key_J)
            compare(shell.currentRow, 1)
        }
        function listIn(item) {
            for (let i = 0; i < item.children.length; ++i) {
                const child = item.children[i]
                const found = child instanceof ListView && child.visible && child.count > 10 ? child : listIn(child)
                if (found)
                    return found
            }
            return null
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
        // A text item of the window that shows this, with or without marks.
        function textOf(plain, item) {
            for (let i = 0; i < item.children.length; ++i) {
                const child = item.children[i]
                if (!child.visible)
                    continue
                if (child instanceof Text && child.Accessible.name === plain)
                    return child
                const inside = textOf(plain, child)
                if (inside)
                    return inside
            }
            return null
        }
        function editOf(name, item) {
            for (let i = 0; i < item.children.length; ++i) {
                const child = item.children[i]
                if (child instanceof TextEdit && child.Accessible.name === name)
                    return child
                const inside = editOf(name, child)
                if (inside)
                    return inside
            }
            return null
        }
        function luminance(c) {
            const part = v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)
            return 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b)
        }
        function contrast(a, b) {
            const light = Math.max(luminance(a), luminance(b))
            return (light + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05)
        }

        function test_marksWhatWasFoundInRows() {
            const id = bed.idOf(bed.tellOne("<b>Größe</b> & more", "It is **gross**, they say"))
            write("gross")
            tryVerify(() => bed.inbox.rowOf(id) > 0 && bed.inbox.rows.rowCount() === 2)
            tryVerify(() => textOf("<b>Größe</b> & more", shell) !== null)
            const title = textOf("<b>Größe</b> & more", shell)
            compare(title.textFormat, Text.StyledText)
            const ink = Theme.accent.toString()
            compare(title.text, `&lt;b&gt;<u><font color="${ink}">Größ</font></u>e&lt;/b&gt; &amp; more`)
            const body = textOf("It is gross, they say", shell)
            compare(body.text, `It is <u><font color="${ink}">gross</font></u>, they say`)
            keyClick("e") // more of the word: more is marked
            tryVerify(() => textOf("<b>Größe</b> & more", shell)?.text.includes("Größe</font>"))
            keyClick(Qt.Key_Escape)
            tryVerify(() => textOf("<b>Größe</b> & more", shell)?.text === "<b>Größe</b> & more")
        }
        function test_marksWhatWasFoundInTheDetail() {
            const number = bed.tellOne("<b>Größe</b> & more", "It is **gro**ss, they say")
            turn()
            shell.open(bed.idOf(number))
            const title = editOf("<b>Größe</b> & more", shell)
            const body = editOf("It is gross, they say", shell)
            verify(!body.text.includes(Theme.mark.toString()))
            write("gross")
            turn()
            verify(title.text.includes(Theme.mark.toString()) && body.text.includes(Theme.mark.toString()), title.text)
            compare(title.getText(0, title.length), "<b>Größe</b> & more")
            compare(body.getText(0, body.length), "It is gross, they say")
            compare(title.Accessible.name, "<b>Größe</b> & more")
        }
        function test_marksCanBeRead() {
            for (const scheme of [Theme.Light, Theme.Dark, Theme.HighContrast]) {
                Theme.scheme = scheme
                verify(contrast(Theme.markText, Theme.mark) >= 4.5, "mark " + scheme)
                for (const plane of ["surface", "hover", "pressed", "selected"])
                    verify(contrast(Theme.accent, Theme[plane]) >= 4.5, plane + " " + scheme)
            }
            Theme.scheme = Theme.Light
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
