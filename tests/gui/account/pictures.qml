import QtQuick
import QtTest
import Belfry.Ui
import Belfry.Account

// The screens of the account, compared with what is stored beside this file (tests/gui/pictures).
Item {
    id: root
    width: 640
    height: 640

    Loader {
        id: loader
        anchors.fill: parent
        focus: true
        active: false
    }
    Component {
        id: signInScreen
        SignInScreen {
            view: bed.signIn
            focus: true
            canLeave: true
            notice: qsTr("Sign in again to receive what is new")
        }
    }
    Component {
        id: settingsScreen
        SettingsScreen { view: bed.settings; focus: true }
    }
    Component {
        id: tourScreen
        TourScreen { view: bed.settings; focus: true }
    }
    TestCase {
        name: "pictures"
        when: windowShown

        readonly property var all: [
            { tag: "light-ltr", dark: false, mirrored: false }, { tag: "light-rtl", dark: false, mirrored: true },
            { tag: "dark-ltr", dark: true, mirrored: false }, { tag: "dark-rtl", dark: true, mirrored: true },
            { tag: "german", dark: false, mirrored: false, language: "de", narrow: true }]

        function initTestCase() { Theme.reducedMotion = true }
        function begin(data, height) {
            pictures.speak(root, data.language ?? "en")
            Theme.scheme = data.dark ? Theme.Dark : Theme.Light
            pictures.setMirrored(root, data.mirrored)
            root.width = data.narrow ? 380 : 640
            root.height = height
            bed.reset(false)
        }
        function open(screen) {
            loader.sourceComponent = screen
            loader.active = true
            loader.item.forceActiveFocus()
        }
        function look(name: string) {
            wait(0)
            wait(0)
            compare(pictures.look(root, name), "")
        }
        function cleanup() {
            loader.active = false
            loader.sourceComponent = null
            pictures.setMirrored(root, false)
            pictures.speak(root, "en")
            compare(bed.takeWarnings(), [])
        }

        function test_signIn_data() { return all }
        function test_signIn(data) {
            begin(data, 600)
            open(signInScreen)
            tryVerify(() => bed.signIn.isKeychainMissing)
            findChild(loader.item, "email").input.text = "eva@example.org"
            findChild(loader.item, "password").input.text = "secret"
            look("sign-in-" + data.tag)
        }
        function test_settings_data() { return all }
        function test_settings(data) {
            begin(data, 640)
            bed.setAccountAt("https://notify.example")
            open(settingsScreen)
            tryCompare(bed.settings.sessions, "count", 3)
            look("settings-" + data.tag)
        }
        function test_tour_data() { return [all[0], all[3], all[4]] }
        function test_tour(data) {
            begin(data, 420)
            bed.setAccountAt("https://notify.example")
            open(tourScreen)
            loader.item.step = 1
            look("tour-" + data.tag)
        }
    }
}
