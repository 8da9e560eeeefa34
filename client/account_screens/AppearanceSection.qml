import QtQuick
import Belfry.Ui
import Belfry.Account

Section {
    id: section

    required property SettingsView view

    title: qsTr("Appearance")
    Pick {
        objectName: "theme"
        text: qsTr("Colours")
        model: [qsTr("As the desktop"), qsTr("Light"), qsTr("Dark"), qsTr("High contrast")]
        currentIndex: section.view.theme
        onPicked: index => section.view.theme = index
    }
    Pick {
        objectName: "density"
        text: qsTr("Lists")
        model: [qsTr("Comfortable"), qsTr("Compact")]
        currentIndex: section.view.isCompact ? 1 : 0
        onPicked: index => section.view.isCompact = index === 1
    }
    Pick {
        objectName: "language"
        text: qsTr("Language")
        model: section.view.languages
        currentIndex: section.view.language
        onPicked: index => section.view.language = index
    }
    Toggle {
        objectName: "motion"
        width: parent.width
        text: qsTr("Less motion")
        checked: section.view.isMotionReduced
        onToggled: section.view.isMotionReduced = checked
    }
}
