import QtQuick
import QtQuick.Templates as T
import Belfry.Ui
import Belfry.Window
import Belfry.Account
import Belfry.Program

// The window: the inbox of who is signed in, or the sign-in.
T.ApplicationWindow {
    id: window

    required property Program program
    /// Where one is in the inbox, when it comes again after the sign-in or another language.
    property int page: Pages.Inbox
    readonly property int unread: program.desk ? program.desk.inbox.unreadCount : 0

    width: 1080
    height: 720
    minimumWidth: 360
    minimumHeight: 480
    color: Theme.window
    title: unread > 0 ? qsTr("Belfry · %n unread", "", unread) : qsTr("Belfry")
    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true
    onClosing: close => {
        close.accepted = false
        program.closing()
    }

    Binding { target: Theme; property: "scheme"; value: window.program.scheme }
    Binding { target: Theme; property: "isCompact"; value: window.program.isCompact }
    Binding { target: Theme; property: "reducedMotion"; value: window.program.isMotionReduced }

    Connections {
        target: window.program
        function onShowWanted(id: string) {
            const shell = content.item as Shell
            if (shell)
                shell.show(id)
        }
        function onSettingsWanted() {
            window.page = Pages.Settings
            const shell = content.item as Shell
            if (shell)
                shell.go(Pages.Settings)
        }
    }

    Loader {
        id: content
        anchors.fill: parent
        focus: true
        sourceComponent: window.program.screen === Program.SignIn ? signIn
                       : window.program.screen === Program.Tour ? tour
                       : window.program.screen === Program.Inbox ? inbox : null
    }
    Component {
        id: inbox
        Shell {
            id: shell
            focus: true
            inbox: window.program.desk.inbox
            detail: window.program.desk.detail
            toast: window.program.desk.toast
            connection: window.program.desk.connection
            why: window.program.desk.why
            settings: settingsPage
            onCopyWanted: text => window.program.copy(text)
            onPageChanged: window.page = page
            Component.onCompleted: go(window.page)
        }
    }
    Component {
        id: settingsPage
        SettingsScreen {
            view: window.program.settings
            hasTray: window.program.hasTray
            shortcuts: list.keys
            waitingOps: window.program.desk ? window.program.desk.connection.waitingOps : 0
        }
    }
    Component {
        id: tour
        TourScreen {
            focus: true
            view: window.program.settings
            hasTray: window.program.hasTray
        }
    }
    Component {
        id: signIn
        SignInScreen {
            focus: true
            view: window.program.signIn
            canLeave: window.program.desk !== null
            notice: window.program.notice
            onBackWanted: window.program.leaveSignIn()
        }
    }
    KeyList { id: list }
}
