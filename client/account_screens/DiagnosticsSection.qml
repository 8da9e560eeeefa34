import QtQuick
import Belfry.Ui
import Belfry.Account

Section {
    id: section

    required property SettingsView view
    property string report

    title: qsTr("Diagnostics")
    text: qsTr("For those who help you: versions, what the desktop can do, and the last connections. Without "
               + "notifications, passwords or keys.")
    onVisibleChanged: {
        if (visible)
            report = view.report()
    }
    Component.onCompleted: report = view.report()

    Paragraph {
        text: section.report
        font.family: "monospace"
        font.pixelSize: Theme.sizeSmall
        color: Theme.muted
        wrapMode: Text.WrapAnywhere
        isQuoted: true
        maximumLineCount: 24
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Flow {
        width: parent.width
        spacing: Theme.gap
        PushButton {
            objectName: "copy"
            text: qsTr("Copy report")
            onClicked: section.view.copyReport()
        }
        PushButton {
            text: qsTr("Refresh")
            glyph: "refresh"
            onClicked: section.report = section.view.report()
        }
    }
}
