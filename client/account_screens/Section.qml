import QtQuick
import Belfry.Ui
import Belfry.Account

// A group of settings under a heading.
Column {
    id: section

    required property string title
    property string text
    default property alias content: inner.data

    width: parent ? parent.width : 360
    spacing: Theme.gap

    Label {
        width: parent.width
        text: section.title
        isStrong: true
        font.pixelSize: Theme.sizeTitle
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Paragraph {
        visible: section.text !== ""
        text: section.text
        color: Theme.muted
    }
    Rectangle {
        width: parent.width
        implicitHeight: inner.implicitHeight + 2 * Theme.pad
        radius: Theme.radius + 2
        color: Theme.surface
        border.width: Theme.borderWidth
        border.color: Theme.border
        Column {
            id: inner
            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.pad }
            spacing: Theme.gap
        }
    }
}
