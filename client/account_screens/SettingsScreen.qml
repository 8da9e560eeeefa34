import QtQuick
import Belfry.Ui
import Belfry.Account

// C9: the account, this program on this computer, its data, its faults.
FocusScope {
    id: screen

    required property SettingsView view
    /// [{keys, action}]; none: no section of them.
    property var shortcuts: []
    /// Neither is of use where the desktop has no tray.
    property bool hasTray: true
    /// What was done offline, and the server has not heard of.
    property int waitingOps: 0

    onVisibleChanged: {
        if (visible)
            view.refresh()
    }
    Component.onCompleted: view.refresh()

    Rectangle { anchors.fill: parent; color: Theme.window }
    ScrollPane {
        objectName: "pane"
        anchors.fill: parent
        spacing: 24

        Label {
            width: parent.width
            text: qsTr("Settings")
            isStrong: true
            font.pixelSize: Theme.sizeHeading
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Notice {
            visible: screen.view.settingsProblem !== ""
            kind: Notice.Problem
            text: screen.view.settingsProblem
        }

        Section {
            visible: screen.view.user !== ""
            title: qsTr("Account")
            Item {
                width: parent.width
                implicitHeight: Math.max(who.implicitHeight, leave.height)
                Column {
                    id: who
                    anchors { left: parent.left; right: leave.left; rightMargin: Theme.gap; verticalCenter: parent.verticalCenter }
                    spacing: 2
                    Paragraph {
                        text: screen.view.user
                        font.weight: Font.Medium
                    }
                    Paragraph {
                        text: screen.view.server
                        color: Theme.muted
                        font.pixelSize: Theme.sizeSmall
                    }
                }
                PushButton {
                    id: leave
                    objectName: "signOut"
                    anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                    text: qsTr("Sign out…")
                    onClicked: leaving.open()
                }
            }
            Paragraph {
                text: screen.view.secretPlace
                color: Theme.muted
                font.pixelSize: Theme.sizeSmall
            }
        }
        DevicesSection {
            visible: screen.view.user !== ""
            view: screen.view
        }
        Section {
            title: qsTr("Start and window")
            Toggle {
                objectName: "atLogin"
                width: parent.width
                text: qsTr("Start when I log in")
                checked: screen.view.startsAtLogin
                onToggled: screen.view.startsAtLogin = checked
            }
            Toggle {
                objectName: "hidden"
                width: parent.width
                visible: screen.hasTray
                enabled: screen.view.startsAtLogin
                text: qsTr("Start without a window")
                detail: qsTr("It stands in the tray until you want it.")
                checked: screen.view.startsHidden
                onToggled: screen.view.startsHidden = checked
            }
            Toggle {
                objectName: "toTray"
                width: parent.width
                visible: screen.hasTray
                text: qsTr("Stay in the tray when the window is closed")
                checked: screen.view.closesToTray
                onToggled: screen.view.closesToTray = checked
            }
        }
        AppearanceSection { view: screen.view }
        Section {
            title: qsTr("Notifications")
            Pick {
                objectName: "privacy"
                text: qsTr("Hide what banners say")
                detail: qsTr("“1 new notification” stands in its place.")
                model: [qsTr("While the screen is locked"), qsTr("Always"), qsTr("Never")]
                currentIndex: screen.view.lockPrivacy
                onPicked: index => screen.view.lockPrivacy = index
            }
            Toggle {
                objectName: "sounds"
                width: parent.width
                text: qsTr("Sounds")
                checked: screen.view.hasSounds
                onToggled: screen.view.hasSounds = checked
            }
            TestLine { view: screen.view }
            Paragraph {
                width: parent.width
                text: qsTr("Where banners stand, and for how long, is set in your desktop's own settings.")
                color: Theme.muted
                font.pixelSize: Theme.sizeSmall
            }
        }
        DataSection {
            visible: screen.view.user !== ""
            view: screen.view
        }
        ShortcutsSection {
            visible: screen.shortcuts.length > 0
            shortcuts: screen.shortcuts
        }
        DiagnosticsSection { view: screen.view }
    }

    Ask {
        id: leaving
        objectName: "leaving"
        title: qsTr("Sign out?")
        words: qsTr("Nothing new arrives here until you sign in again, and what is kept of your inbox on this computer goes.")
               + (screen.waitingOps > 0 ? "\n\n" + qsTr("%n change(s) that the server has not heard of would be lost.", "", screen.waitingOps) : "")
        action: qsTr("Sign out")
        onConfirmed: screen.view.signOut()
    }
}
