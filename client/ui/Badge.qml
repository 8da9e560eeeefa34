import QtQuick

// A number that wants to be seen; nothing for none.
Rectangle {
    id: badge

    property int count
    property bool isQuiet: false

    visible: count > 0
    implicitWidth: Math.max(implicitHeight, words.implicitWidth + 12)
    implicitHeight: 20
    radius: height / 2
    color: isQuiet ? Theme.sunken : Theme.accent
    border.width: Theme.isContrast ? 1 : 0
    border.color: Theme.border
    Label {
        id: words
        anchors.centerIn: parent
        text: badge.count > 999 ? "999+" : badge.count
        color: badge.isQuiet ? Theme.muted : Theme.accentText
        font.pixelSize: 11
        font.weight: Font.DemiBold
    }
}
