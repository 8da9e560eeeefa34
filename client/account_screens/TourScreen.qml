import QtQuick
import Belfry.Ui
import Belfry.Account

// After the first sign-in: three things to try or choose, each of which is in the settings, too.
FocusScope {
    id: screen

    required property SettingsView view
    property bool hasTray: true
    property int step: 0
    signal finished()

    readonly property int steps: 3
    readonly property var titles: [qsTr("See how it looks"), qsTr("Decide what others see"), qsTr("Always there")]
    readonly property var texts: [
        qsTr("A notification comes as a banner, and stays in the inbox until you have dealt with it. Try one."),
        qsTr("Banners can hide what they say, so that nobody reads it over your shoulder or on a locked screen."),
        hasTray ? qsTr("Belfry can start when you log in and wait in the tray, without a window.")
                : qsTr("Belfry can start when you log in, so that you miss nothing.")
    ]

    function end() {
        view.isTourDone = true
        finished()
    }
    function go(to: int) {
        if (to >= steps)
            return end()
        step = Math.max(0, to)
        next.forceActiveFocus(Qt.TabFocusReason)
    }

    Keys.onEscapePressed: end()

    Rectangle { anchors.fill: parent; color: Theme.window }
    ScrollPane {
        anchors.fill: parent
        widest: 460
        spacing: 20

        Row {
            width: parent.width
            spacing: 6
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Step %1 of %2").arg(screen.step + 1).arg(screen.steps)
            Repeater {
                model: screen.steps
                Rectangle {
                    required property int index
                    width: index === screen.step ? 22 : 8
                    height: 8
                    radius: 4
                    color: index === screen.step ? Theme.accent : Theme.muted
                }
            }
        }
        Column {
            width: parent.width
            spacing: 6
            Label {
                width: parent.width
                text: screen.titles[screen.step]
                isStrong: true
                font.pixelSize: Theme.sizeHeading
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Paragraph {
                text: screen.texts[screen.step]
                color: Theme.muted
                lineHeight: 1.15
            }
        }

        TestLine {
            visible: screen.step === 0
            view: screen.view
        }
        Column {
            visible: screen.step === 1
            width: parent.width
            spacing: Theme.gap
            Pick {
                objectName: "tourPrivacy"
                text: qsTr("Hide what banners say")
                model: [qsTr("While the screen is locked"), qsTr("Always"), qsTr("Never")]
                currentIndex: screen.view.lockPrivacy
                onPicked: index => screen.view.lockPrivacy = index
            }
            Toggle {
                width: parent.width
                text: qsTr("Sounds")
                checked: screen.view.hasSounds
                onToggled: screen.view.hasSounds = checked
            }
        }
        Column {
            visible: screen.step === 2
            width: parent.width
            Toggle {
                objectName: "tourAtLogin"
                width: parent.width
                text: qsTr("Start when I log in")
                checked: screen.view.startsAtLogin
                onToggled: screen.view.startsAtLogin = checked
            }
            Toggle {
                width: parent.width
                visible: screen.hasTray
                text: qsTr("Stay in the tray when the window is closed")
                checked: screen.view.closesToTray
                onToggled: screen.view.closesToTray = checked
            }
        }

        Flow {
            width: parent.width
            spacing: Theme.gap
            PushButton {
                id: next
                objectName: "next"
                focus: true
                kind: PushButton.Primary
                text: screen.step + 1 < screen.steps ? qsTr("Next") : qsTr("To the inbox")
                onClicked: screen.go(screen.step + 1)
            }
            PushButton {
                objectName: "back"
                visible: screen.step > 0
                text: qsTr("Back")
                onClicked: screen.go(screen.step - 1)
            }
            PushButton {
                objectName: "skip"
                visible: screen.step + 1 < screen.steps
                kind: PushButton.Quiet
                text: qsTr("Skip")
                onClicked: screen.end()
            }
        }
    }
}
