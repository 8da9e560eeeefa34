import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Account

// C9 and the tour by pointer and by keys.
Item {
    id: root
    width: 900
    height: 700

    Loader {
        id: loader
        anchors.fill: parent
        focus: true
        active: false
    }
    Component {
        id: settingsScreen
        SettingsScreen {
            view: bed.settings
            focus: true
            shortcuts: [{ keys: "E", action: "Archive" }]
        }
    }
    Component {
        id: tourScreen
        TourScreen { view: bed.settings; focus: true }
    }
    SignalSpy { id: finished; signalName: "finished" }

    TestCase {
        name: "settings"
        when: windowShown

        function open(screen) {
            loader.sourceComponent = screen
            loader.active = true
            loader.item.forceActiveFocus()
        }
        function part(name: string): Item { return findChild(loader.item, name) }
        function init() {
            bed.reset(true)
            bed.setAccount()
        }
        function cleanup() {
            loader.active = false
            loader.sourceComponent = null
            compare(bed.takeWarnings(), [])
        }

        function test_optionsAreWritten() {
            open(settingsScreen)
            part("atLogin").forceActiveFocus()
            keyClick(Qt.Key_Space)
            compare(bed.option("startsAtLogin"), "yes")
            const theme = findChild(part("theme"), "choice")
            theme.forceActiveFocus()
            keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Down)
            compare(bed.option("theme"), "2")
            bed.settings.theme = SettingsView.Light
            compare(theme.currentIndex, 1)
            const language = findChild(part("language"), "choice")
            compare(language.count, 3)
            language.forceActiveFocus()
            keyClick(Qt.Key_Down)
            compare(bed.option("language"), "de")
        }
        function test_devicesAreListedAndSignedOut() {
            open(settingsScreen)
            tryCompare(bed.settings.sessions, "count", 3)
            const buttons = []
            const walk = item => {
                if (item.visible && item.text === "Sign out" && item.clicked !== undefined)
                    buttons.push(item)
                for (let i = 0; i < item.children.length; ++i)
                    walk(item.children[i])
            }
            walk(loader.item)
            compare(buttons.length, 2) // not this computer
            buttons[0].clicked()
            const question = findChild(loader.item, "deviceQuestion")
            tryCompare(question, "opened", true)
            keyClick(Qt.Key_Escape)
            tryCompare(question, "visible", false)
            compare(bed.settings.sessions.count, 3)
            buttons[0].clicked()
            tryCompare(question, "opened", true)
            question.confirmed()
            tryCompare(bed.settings.sessions, "count", 2)
        }
        function test_aProblemOfTheListIsSaid() {
            bed.problem("devices", 503, "unavailable")
            open(settingsScreen)
            tryVerify(() => bed.settings.sessions.problem !== "")
            compare(bed.settings.sessions.count, 0)
        }
        function test_signsOutAfterAQuestion() {
            open(settingsScreen)
            mouseClick(part("signOut"))
            const question = findChild(loader.item, "leaving")
            tryCompare(question, "opened", true)
            compare(bed.wanted, [])
            keyClick(Qt.Key_Escape)
            tryCompare(question, "visible", false)
            compare(bed.wanted, [])
            mouseClick(part("signOut"))
            tryCompare(question, "opened", true)
            keyClick(Qt.Key_Tab, Qt.ShiftModifier) // from Cancel to Sign out
            keyClick(Qt.Key_Space)
            compare(bed.wanted, ["sign out"])
        }
        function test_sendsATest() {
            open(settingsScreen)
            part("test").clicked()
            tryCompare(bed.settings, "testState", SettingsView.Sent)
            bed.problem("send", 403, "forbidden")
            part("test").clicked()
            tryCompare(bed.settings, "testState", SettingsView.Here)
            compare(bed.wanted, ["banner"])
            bed.problem("send", 503, "unavailable")
            part("test").clicked()
            tryCompare(bed.settings, "testState", SettingsView.Failed)
        }
        function test_theReportIsThere() {
            open(settingsScreen)
            verify(bed.settings.report().includes("Banners: actions, body-markup"))
            part("copy").clicked()
        }
        function test_whatGetsTheKeyboardComesIntoView() {
            open(settingsScreen)
            tryCompare(bed.settings.sessions, "count", 3)
            const pane = part("pane")
            const last = part("copy")
            verify(last.mapToItem(root, 0, 0).y > root.height)
            last.forceActiveFocus(Qt.TabFocusReason)
            tryVerify(() => last.mapToItem(root, 0, last.height).y <= root.height)
            part("signOut").forceActiveFocus(Qt.TabFocusReason)
            tryVerify(() => part("signOut").mapToItem(root, 0, 0).y >= 0)
        }
        function test_nobodyIsSignedIn() {
            bed.settings.sessions.refresh()
            bed.reset(true)
            open(settingsScreen)
            verify(!part("signOut").visible)
            verify(!part("export").visible)
            verify(part("theme").visible)
        }
        function test_theTour() {
            open(tourScreen)
            finished.target = loader.item
            finished.clear()
            verify(part("next").activeFocus)
            verify(!part("back").visible)
            keyClick(Qt.Key_Space)
            compare(loader.item.step, 1)
            waitForRendering(loader.item)
            mouseClick(part("back"))
            compare(loader.item.step, 0)
            part("next").clicked()
            part("next").clicked()
            compare(loader.item.step, 2)
            part("tourAtLogin").forceActiveFocus()
            keyClick(Qt.Key_Return)
            compare(bed.option("startsAtLogin"), "yes")
            verify(!part("skip").visible)
            part("next").clicked()
            compare(finished.count, 1)
            verify(bed.settings.isTourDone)
        }
    }
}
