import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window

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
            shell.go(Pages.Inbox)
            root.width = 1180
            root.height = 760
            bed.fillGallery()
            wait(0)
        }
        function cleanup() {
            compare(bed.warnings, [])
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
