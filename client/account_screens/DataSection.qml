import QtQuick
import QtQuick.Dialogs
import Belfry.Ui
import Belfry.Account

Section {
    id: section

    required property SettingsView view

    title: qsTr("On this computer")
    Paragraph {
        text: section.view.dataSize === "" ? qsTr("Your notifications are kept here, so that you can read them offline.")
              : qsTr("Your notifications are kept here, so that you can read them offline: %1.").arg(section.view.dataSize)
    }
    Flow {
        width: parent.width
        spacing: Theme.gap
        PushButton {
            objectName: "export"
            text: qsTr("Export as JSON…")
            enabled: !section.view.isDataBusy
            onClicked: target.open()
        }
        PushButton {
            objectName: "clear"
            text: qsTr("Clear…")
            kind: PushButton.Danger
            enabled: !section.view.isDataBusy
            onClicked: question.open()
        }
        Spinner { visible: section.view.isDataBusy }
    }
    Label {
        width: parent.width
        visible: section.view.dataWords !== ""
        text: section.view.dataWords
        color: Theme.muted
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }

    FileDialog {
        id: target
        title: qsTr("Export notifications")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "json"
        nameFilters: [qsTr("JSON (*.json)")]
        onAccepted: section.view.exportTo(selectedFile)
    }
    Ask {
        id: question
        title: qsTr("Clear what is kept here?")
        words: qsTr("What is on the server comes again at once. What you did offline, and the server has not heard of, is lost.")
        action: qsTr("Clear")
        onConfirmed: section.view.clearCache()
    }
}
