import QtQuick
import QtQuick.Templates as T
import QtTest
import Belfry.Ui
import Belfry.Window

// Whoever types fast: the next key is of a menu or a sheet as soon as it is asked for, and of the list as soon as it is gone.
Item {
    id: root
    width: 100
    height: 100

    T.ApplicationWindow {
        id: desk
        width: 1180
        height: 760
        Shell {
            id: shell
            anchors.fill: parent
            focus: true
            inbox: bed.inbox
            detail: bed.detail
            toast: bed.toast
            connection: bed.connection
            why: bed.why
        }
    }
    TestCase {
        name: "keys"
        when: windowShown

        function turn() {
            wait(0)
            wait(0)
        }
        function init() {
            bed.reset()
            turn()
            bed.fill(5, "App")
            bed.fill(1, "Solo")
            turn()
            desk.show()
            desk.requestActivate()
            tryCompare(desk, "active", true)
            shell.go(Pages.Inbox)
            turn()
        }
        function cleanup() {
            desk.hide()
            compare(bed.takeWarnings(), [])
        }
        function test_goToTheMenuAndBack() {
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_H)
            keyClick(Qt.Key_Escape)
            keyClick(Qt.Key_Menu)
            verify(shell.isMenuOpen)
            keyClick(Qt.Key_Escape)
            verify(!shell.isMenuOpen)
            keyClick(Qt.Key_J)
            compare(shell.currentRow, 2)
            keyClick(Qt.Key_H)
            keyClick(Qt.Key_Return)
            turn()
            compare(bed.sent, ["snooze 5"])
        }
        function test_goToTheSheetAndBack() {
            keyClick(Qt.Key_J)
            keyClick(Qt.Key_Question)
            keyClick(Qt.Key_J) // is not of the list
            keyClick(Qt.Key_Escape)
            compare(shell.currentRow, 1)
            keyClick(Qt.Key_J)
            compare(shell.currentRow, 2)
        }
    }
}
