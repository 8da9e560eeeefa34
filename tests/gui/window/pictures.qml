import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window

// The inbox and what opens above it, compared with what is stored beside this file (tests/gui/pictures).
Item {
    id: root
    width: 1000
    height: 620

    Rectangle { anchors.fill: parent; color: Theme.window }
    Shell {
        id: shell
        anchors.fill: parent
        inbox: bed.inbox
        detail: bed.detail
        toast: bed.toast
        connection: bed.connection
        why: bed.why
    }
    CustomSnooze {
        id: ownSnooze
        inbox: bed.inbox
    }
    TestCase {
        name: "pictures"
        when: windowShown

        property int arabic

        property int taken: 0
        function initTestCase() { Theme.reducedMotion = true }
        function begin(dark: bool, mirrored: bool, width: int, height: int) {
            Theme.scheme = dark ? Theme.Dark : Theme.Light
            pictures.setMirrored(root, mirrored)
            root.width = width
            root.height = height
            turn()
        }
        function turn() {
            wait(0)
            wait(0)
        }
        function fill() {
            bed.fillGallery()
            arabic = bed.fillScripts()
            turn()
        }
        function look(name: string) {
            turn()
            compare(pictures.look(root, name), "")
        }
        function init() {
            pictures.speak(root, "en")
            bed.reset()
            bed.numberFrom(1000 * ++taken) // they stand in the picture
            turn()
            shell.go(Pages.Inbox)
        }
        function cleanup() {
            keyClick(Qt.Key_Escape)
            tryVerify(() => !shell.isMenuOpen)
            pictures.setMirrored(root, false)
            compare(bed.takeWarnings(), [])
        }

        function test_inbox_data() {
            return [{ tag: "light-ltr", dark: false, mirrored: false }, { tag: "light-rtl", dark: false, mirrored: true },
                    { tag: "dark-ltr", dark: true, mirrored: false }, { tag: "dark-rtl", dark: true, mirrored: true }]
        }
        function test_inbox(data) {
            begin(data.dark, data.mirrored, 1000, 620)
            fill()
            shell.open(data.mirrored ? bed.idOf(arabic) : bed.idOf(bed.galleryReview))
            look("inbox-" + data.tag)
        }
        function test_narrow_data() {
            return [{ tag: "light-ltr", dark: false, mirrored: false }, { tag: "dark-rtl", dark: true, mirrored: true },
                    { tag: "german", dark: false, mirrored: false, language: "de" }]
        }
        function test_narrow(data) {
            pictures.speak(root, data.language ?? "en")
            begin(data.dark, data.mirrored, 380, 640)
            fill()
            look("narrow-" + data.tag)
        }
        function test_narrowDetail_data() {
            return [{ tag: "light-ltr", mirrored: false }, { tag: "light-rtl", mirrored: true }]
        }
        function test_narrowDetail(data) {
            begin(false, data.mirrored, 380, 640)
            fill()
            shell.open(bed.idOf(arabic))
            look("narrow-detail-" + data.tag)
        }
        function test_empty_data() {
            return [{ tag: "light-ltr", dark: false, mirrored: false }, { tag: "dark-rtl", dark: true, mirrored: true }]
        }
        function test_empty(data) {
            begin(data.dark, data.mirrored, 700, 480)
            look("empty-" + data.tag)
        }
        function test_away_data() {
            return [{ tag: "light-ltr", dark: false, mirrored: false }, { tag: "dark-rtl", dark: true, mirrored: true }]
        }
        // Offline, with what waits for the server, a stack that is open, some chosen, and a toast.
        function test_away(data) {
            begin(data.dark, data.mirrored, 700, 560)
            fill()
            bed.goOffline()
            shell.inbox.archive(1)
            bed.inbox.toggleRead(2)
            bed.inbox.setOpen(bed.inbox.rowOf(bed.idOf(bed.galleryReview)), true)
            bed.inbox.toggleSelected(3)
            look("away-" + data.tag)
        }
        function test_more_data() { return test_away_data() }
        // The end of the archive: there is more, and it could not be had.
        function test_more(data) {
            begin(data.dark, data.mirrored, 700, 480)
            bed.keepArchivedThere(22)
            shell.go(Pages.Archive)
            turn()
            bed.inbox.more.load()
            tryVerify(() => bed.inbox.more.state === MoreRows.Some)
            turn()
            bed.refuse()
            bed.goOnline()
            keyClick(Qt.Key_End)
            tryVerify(() => bed.inbox.more.state === MoreRows.Failed)
            turn()
            atEnd()
            look("more-" + data.tag)
        }
        function atEnd() {
            const walk = item => {
                if (item instanceof ListView && item.visible)
                    item.positionViewAtEnd()
                for (let i = 0; i < item.children.length; ++i)
                    walk(item.children[i])
            }
            walk(shell)
        }
        function test_search_data() {
            return [{ tag: "light-ltr", dark: false, mirrored: false }, { tag: "dark-rtl", dark: true, mirrored: true },
                    { tag: "german", dark: false, mirrored: false, language: "de" }]
        }
        // Searches that are saved, chips, what was found and marked, and the end of it.
        function test_search(data) {
            pictures.speak(root, data.language ?? "en")
            begin(data.dark, data.mirrored, 700, 560)
            fill()
            bed.inbox.saved.save("Builds that failed", "build app:CI")
            bed.inbox.saved.save("This week", "from:7d")
            keyClick(Qt.Key_F, Qt.ControlModifier)
            for (const letter of "re")
                keyClick(letter)
            keyClick(Qt.Key_Return)
            keyClick(Qt.Key_F, Qt.ControlModifier)
            tryVerify(() => !bed.inbox.isSearching && bed.inbox.rows.rowCount() > 0)
            look("search-" + data.tag)
        }
        function test_ownSnooze_data() { return test_search_data() }
        // Any day and time, of which one is none.
        function test_ownSnooze(data) {
            pictures.speak(root, data.language ?? "en")
            begin(data.dark, data.mirrored, 560, 480)
            fill()
            ownSnooze.openFresh()
            tryCompare(ownSnooze, "opened", true)
            for (const letter of "soon")
                keyClick(letter)
            look("own-snooze-" + data.tag)
            ownSnooze.close()
            tryCompare(ownSnooze, "visible", false)
        }
        function test_refused_data() { return test_away_data() }
        // What the server refused, with the request's number: the connection, and what somebody did.
        function test_refused(data) {
            begin(data.dark, data.mirrored, 700, 480)
            fill()
            bed.refuse()
            bed.inbox.mute(1)
            turn()
            look("refused-" + data.tag)
        }
        function test_menus_data() {
            return [{ tag: "light-ltr", dark: false, mirrored: false }, { tag: "dark-rtl", dark: true, mirrored: true }]
        }
        function test_menus(data) {
            begin(data.dark, data.mirrored, 560, 480)
            fill()
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_H)
            tryVerify(() => shell.isMenuOpen)
            look("snooze-menu-" + data.tag)
        }
        function test_rowMenu_data() { return test_menus_data() }
        function test_rowMenu(data) {
            begin(data.dark, data.mirrored, 560, 480)
            fill()
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_Menu)
            tryVerify(() => shell.isMenuOpen)
            look("row-menu-" + data.tag)
        }
        function test_sheets_data() {
            return [{ tag: "light-ltr", dark: false, mirrored: false }, { tag: "dark-rtl", dark: true, mirrored: true },
                    { tag: "german", dark: false, mirrored: false, language: "de" }]
        }
        function test_sheets(data) {
            pictures.speak(root, data.language ?? "en")
            begin(data.dark, data.mirrored, 560, 480)
            keyClick(Qt.Key_Question)
            look("keys-" + data.tag)
            keyClick(Qt.Key_Escape)
            fill()
            shell.explain(bed.idOf(arabic))
            turn()
            look("why-" + data.tag)
        }
    }
}
