import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Window

// What the server refused tells by which request an admin finds it, and that can be copied.
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
    SignalSpy { id: toastCopies; target: bed.toast; signalName: "copyWanted" }
    SignalSpy { id: whyCopies; target: bed.why; signalName: "copyWanted" }
    SignalSpy { id: connectionCopies; target: bed.connection; signalName: "copyWanted" }

    TestCase {
        name: "refusals"
        when: windowShown

        function turn() {
            wait(0)
            wait(0)
        }
        function init() {
            bed.reset()
            turn()
            bed.fill(2, "App")
            turn()
            shell.go(Pages.Inbox)
            turn()
            for (const spy of [toastCopies, whyCopies, connectionCopies])
                spy.clear()
        }
        function cleanup() {
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
        function copy() {
            tryVerify(() => named("Request 7f3a-41") !== null)
            waitForRendering(shell)
            mouseClick(named("Copy the request's number"))
        }

        function test_ofADeed() {
            bed.refuse()
            bed.goOnline()
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_M)
            turn()
            verify(bed.toast.isError)
            compare(bed.toast.requestId, "7f3a-41")
            copy()
            compare(toastCopies.count, 1)
            compare(toastCopies.signalArguments[0][0], "7f3a-41")
            bed.toast.dismiss()
            compare(bed.toast.requestId, "")
            bed.toast.tell("Something else", true)
            verify(named("Request 7f3a-41") === null)
        }
        function test_ofAQuestion() {
            bed.refuse()
            bed.goOnline()
            shell.explain(bed.inbox.idAt(1))
            tryCompare(bed.why, "requestId", "7f3a-41")
            copy()
            compare(whyCopies.count, 1)
            keyClick(Qt.Key_Escape)
            tryVerify(() => named("Request 7f3a-41") === null)
        }
        function test_ofTheConnection() {
            bed.refuse()
            copy()
            compare(connectionCopies.count, 1)
            compare(connectionCopies.signalArguments[0][0], "7f3a-41")
            bed.goOnline()
            verify(named("Request 7f3a-41") === null)
        }
    }
}
