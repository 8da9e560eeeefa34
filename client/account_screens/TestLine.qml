import QtQuick
import Belfry.Ui
import Belfry.Account

// A notification to oneself, and what became of it.
Column {
    id: line

    required property SettingsView view

    width: parent ? parent.width : 320
    spacing: Theme.gap

    Flow {
        width: parent.width
        spacing: Theme.gap
        PushButton {
            objectName: "test"
            text: qsTr("Send me a test")
            glyph: "bell"
            enabled: line.view.testState !== SettingsView.Asking
            onClicked: line.view.sendTest()
        }
        PushButton {
            objectName: "sound"
            visible: line.view.hasSounds
            text: qsTr("Play the sound")
            onClicked: line.view.testSound()
        }
    }
    Notice {
        visible: line.view.testState !== SettingsView.None
        kind: line.view.testState === SettingsView.Failed ? Notice.Problem
              : line.view.testState === SettingsView.Sent ? Notice.Good : Notice.Info
        text: line.view.testWords
    }
}
