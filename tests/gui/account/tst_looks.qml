import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Account
import "../pictures/places.js" as Places

// Each screen in each theme, narrow and wide, and mirrored: without a warning, nothing wider than its window.
Item {
    id: root
    width: 900
    height: 1000

    Loader {
        id: loader
        anchors.fill: parent
        active: false
        LayoutMirroring.childrenInherit: true
    }
    Component {
        id: signInScreen
        SignInScreen { view: bed.signIn }
    }
    Component {
        id: settingsScreen
        SettingsScreen {
            view: bed.settings
            shortcuts: [{ keys: "J  K", action: "Next, previous" }, { keys: "E", action: "Archive" }, { keys: "Ctrl+Z", action: "Undo" }]
        }
    }
    Component {
        id: tourScreen
        TourScreen { view: bed.settings }
    }

    TestCase {
        name: "looks"
        when: windowShown

        function open(screen) {
            loader.active = false
            loader.sourceComponent = screen
            loader.active = true
        }
        function shot(name) {
            wait(0)
            waitForRendering(loader.item)
            const image = grabImage(loader.item)
            const path = bed.shotPath(name)
            if (path !== "")
                image.save(path)
            verify(fits(loader.item), name)
        }
        // Nothing that is seen stands out at a side.
        function fits(item) {
            if (!item.visible || item.opacity === 0)
                return true
            const at = item.mapToItem(root, 0, 0)
            if (item.width > 0 && item.activeFocusOnTab && (at.x < -0.5 || at.x + item.width > root.width + 0.5)) {
                console.log("stands out:", item, at.x, item.width)
                return false
            }
            for (let i = 0; i < item.children.length; ++i) {
                if (!fits(item.children[i]))
                    return false
            }
            return true
        }
        function all(name) {
            for (const wide of [900, 360]) {
                root.width = wide
                Theme.scheme = Theme.Light
                shot(name + "-light-" + wide)
                Theme.scheme = Theme.Dark
                shot(name + "-dark-" + wide)
                Theme.scheme = Theme.HighContrast
                shot(name + "-contrast-" + wide)
            }
            Theme.scheme = Theme.Light
            const before = Places.all(loader.item)
            loader.LayoutMirroring.enabled = true
            shot(name + "-mirrored-360")
            compare(Places.unmirrored(before, loader.item), [], name)
            loader.LayoutMirroring.enabled = false
        }
        function init() {
            root.width = 900
            Theme.scheme = Theme.Light
            Theme.reducedMotion = true
            bed.reset(true)
        }
        function cleanup() {
            loader.LayoutMirroring.enabled = false
            loader.active = false
            loader.sourceComponent = null
            compare(bed.takeWarnings(), [])
        }
        function test_signIn() {
            open(signInScreen)
            shot("signin-empty")
            findChild(loader.item, "address").input.text = bed.address
            tryCompare(bed.signIn, "serverState", SignInView.Good)
            findChild(loader.item, "email").input.text = "eva@example.org"
            findChild(loader.item, "password").input.text = "secret"
            bed.problem("login", 401, "unauthenticated")
            findChild(loader.item, "submit").clicked()
            tryVerify(() => bed.signIn.passwordProblem !== "")
            all("signin")
        }
        function test_noServerAndNoKeychain() {
            bed.reset(false)
            bed.answer("known", 404, "nothing")
            open(signInScreen)
            findChild(loader.item, "address").input.text = bed.address
            tryCompare(bed.signIn, "serverState", SignInView.Problem)
            tryVerify(() => bed.signIn.isKeychainMissing)
            all("signin-problem")
        }
        function test_settings() {
            bed.setAccount()
            root.height = 2200
            open(settingsScreen)
            tryCompare(bed.settings.sessions, "count", 3)
            tryVerify(() => bed.settings.dataSize !== "")
            all("settings")
            root.height = 1000
        }
        function test_question() {
            bed.setAccount()
            open(settingsScreen)
            findChild(loader.item, "signOut").clicked()
            tryCompare(findChild(loader.item, "leaving"), "opened", true)
            shot("question")
        }
        function test_choice() {
            bed.setAccount()
            open(settingsScreen)
            const choice = findChild(findChild(loader.item, "theme"), "choice")
            choice.forceActiveFocus()
            keyClick(Qt.Key_Space)
            tryCompare(choice.popup, "opened", true)
            shot("choice")
            keyClick(Qt.Key_Escape)
            tryCompare(choice.popup, "visible", false)
        }
        function test_tour() {
            bed.setAccount()
            root.height = 640
            open(tourScreen)
            findChild(loader.item, "test").clicked()
            tryCompare(bed.settings, "testState", SettingsView.Sent)
            all("tour")
            loader.item.step = 1
            shot("tour-2")
            loader.item.step = 2
            shot("tour-3")
            root.height = 1000
        }
    }
}
