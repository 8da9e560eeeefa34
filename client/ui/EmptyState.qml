import QtQuick

// Where there is nothing to show: why, and what one can do.
Column {
    id: empty

    property string glyph: "bell"
    property string title
    property string text
    property string actionText
    signal acted()

    spacing: 10
    width: Math.min(parent ? parent.width - 48 : 320, 340)
    Accessible.role: Accessible.StaticText
    Accessible.name: title + ". " + text

    Rectangle {
        width: 76
        height: 76
        radius: 38
        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.sunken
        border.width: Theme.isContrast ? 2 : 0
        border.color: Theme.border
        Icon { anchors.centerIn: parent; name: empty.glyph; size: 34; weight: 1.5 }
    }
    Label {
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: empty.title
        isStrong: true
        font.pixelSize: Theme.sizeTitle + 2
        wrapMode: Text.Wrap
        elide: Text.ElideNone
    }
    Label {
        visible: text !== ""
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: empty.text
        color: Theme.muted
        wrapMode: Text.Wrap
        elide: Text.ElideNone
    }
    PushButton {
        visible: empty.actionText !== ""
        anchors.horizontalCenter: parent.horizontalCenter
        text: empty.actionText
        onClicked: empty.acted()
    }
}
