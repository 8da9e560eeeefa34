import QtQuick

// What a control says beside it: its words, and perhaps a line below them. In the middle of its height.
Item {
    id: words

    property string text
    property string detail
    property bool isFaded: false

    implicitWidth: Math.max(first.implicitWidth, second.implicitWidth)
    implicitHeight: column.implicitHeight

    Column {
        id: column
        width: parent.width
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2
        Label {
            id: first
            width: parent.width
            text: words.text
            color: words.isFaded ? Theme.disabled : Theme.text
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
        Label {
            id: second
            visible: words.detail !== ""
            width: parent.width
            text: words.detail
            color: Theme.muted
            font.pixelSize: Theme.sizeSmall
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
    }
}
