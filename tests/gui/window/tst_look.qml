import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window
import "../pictures/places.js" as Places

// How the window looks: in each theme, narrow and wide, mirrored, and in each of its states.
Item {
    id: root
    width: 1180
    height: 760

    Rectangle { anchors.fill: parent; color: Theme.window }
    Shell {
        id: shell
        width: root.width
        height: root.height
        inbox: bed.inbox
        detail: bed.detail
        toast: bed.toast
        connection: bed.connection
        why: bed.why
    }
    Icon {
        id: lonely
        name: "archive"
    }
    TestCase {
        name: "look"
        when: windowShown

        function shot(name: string) {
            wait(0)
            waitForRendering(shell)
            const path = bed.shotPath(name)
            const image = grabImage(shell)
            if (path !== "")
                image.save(path)
        }
        function init() {
            bed.reset()
            wait(0)
            Theme.scheme = Theme.Light
            Theme.reducedMotion = true
            shell.go(Pages.Inbox)
            root.width = 1180
            root.height = 760
            bed.fillGallery()
            wait(0)
        }
        function cleanup() {
            shell.LayoutMirroring.enabled = false
            compare(bed.takeWarnings(), [])
        }
        function test_warningsAreHeard() {
            console.warn("heard")
            compare(bed.takeWarnings().length, 1)
        }
        // As those of a menu that is closed and opened again.
        function test_anIconComesBack() {
            for (let round = 0; round < 100; ++round) {
                lonely.parent = root
                waitForRendering(root)
                lonely.parent = null
                lonely.color = round % 2 ? "red" : "green" // it changed meanwhile
                shell.inbox.toggleSelected(1)
                waitForRendering(root)
            }
        }
        function test_themes() {
            shot("light")
            Theme.scheme = Theme.Dark
            shot("dark")
            Theme.scheme = Theme.HighContrast
            shot("contrast")
        }
        function test_narrow() {
            root.width = 360
            root.height = 640
            shot("narrow-list")
            shell.open(bed.inbox.idAt(5))
            shot("narrow-detail")
        }
        function test_states() {
            bed.goOffline()
            shell.inbox.archive(1)
            shot("offline-toast")
            bed.askToSignIn()
            shot("sign-in")
            bed.reset()
            shot("empty")
            bed.startFirstSync()
            wait(200)
            shot("first-sync")
        }
        function test_mirrored() {
            shell.LayoutMirroring.enabled = true
            shell.open(bed.inbox.idAt(5))
            shot("mirrored")
            shell.LayoutMirroring.enabled = false
        }
        function test_allIsMirrored_data() {
            return [{ tag: "wide", width: 1180, opened: true }, { tag: "wider", width: 1900, opened: true },
                    { tag: "narrow", width: 380, opened: false }, { tag: "narrow detail", width: 380, opened: true },
                    { tag: "first sync", width: 700, isEmpty: true }, { tag: "preferences", width: 700, page: Pages.Preferences }]
        }
        function test_allIsMirrored(data) {
            root.width = data.width
            if (data.isEmpty) {
                bed.reset()
                bed.startFirstSync()
                wait(200)
            } else {
                bed.fillScripts()
                bed.goOffline()
                shell.inbox.archive(1)
                bed.inbox.toggleSelected(3)
                bed.inbox.setOpen(bed.inbox.rowOf(bed.idOf(bed.galleryReview)), true)
            }
            if (data.opened)
                shell.open(bed.idOf(bed.galleryReview))
            if (data.page !== undefined)
                shell.go(data.page)
            wait(0)
            waitForRendering(shell)
            for (let i = 0; i < 5; ++i)
                wait(0)
            const before = Places.all(shell)
            verify(before.length > 30)
            shell.LayoutMirroring.enabled = true
            waitForRendering(shell)
            compare(Places.unmirrored(before, shell), [])
        }
        function test_chosen() {
            bed.inbox.toggleSelected(1)
            bed.inbox.toggleSelected(4)
            bed.inbox.setOpen(4, true)
            shot("chosen")
        }
        function test_detail() {
            shell.open(bed.inbox.idAt(5))
            bed.inbox.setOpen(5, true)
            wait(0)
            shell.openNeighbour(1)
            shell.open(bed.idOf(bed.galleryReview))
            shot("detail-markdown")
            const id = bed.inbox.idAt(5)
            shell.open(id)
            shot("detail-light")
            Theme.scheme = Theme.Dark
            shot("detail-dark")
        }
    }
}
