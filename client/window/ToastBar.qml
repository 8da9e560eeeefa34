import QtQuick
import Belfry.Ui
import Belfry.Window

// What was done, with Undo; what did not come about.
Rectangle {
    id: bar

    required property ToastView toast

    visible: toast.isShown
    width: Math.min(parent ? parent.width - 32 : 400, 52 + Math.max(words.implicitWidth, request.implicitWidth) + (undo.visible ? undo.width : 0) + 40)
    height: Math.max(48, column.implicitHeight + 22)
    radius: Theme.radius + 2
    color: Theme.isDark ? "#e6e9ef" : "#20242c"
    border.width: Theme.isContrast ? 3 : 0
    border.color: toast.isError ? Theme.danger : Theme.accent
    Accessible.role: Accessible.AlertMessage
    Accessible.name: toast.text

    readonly property color ink: Theme.isDark ? "#101216" : "#ffffff"

    HoverHandler { onHoveredChanged: bar.toast.hold(hovered) }
    Icon {
        id: sign
        name: bar.toast.isError ? "warning" : "check"
        color: bar.toast.isError ? (Theme.isDark ? "#a31912" : "#ffb4ad") : bar.ink
        anchors { left: parent.left; leftMargin: 14; verticalCenter: parent.verticalCenter }
    }
    Column {
        id: column
        anchors { left: sign.right; leftMargin: 10; right: undo.visible ? undo.left : closing.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
        Label {
            id: words
            width: parent.width
            text: bar.toast.text
            color: bar.ink
            wrapMode: Text.Wrap
            maximumLineCount: 3
        }
        RequestLine {
            id: request
            width: Math.min(parent.width, implicitWidth)
            requestId: bar.toast.requestId
            ink: bar.ink
            isOnDark: true
            onCopyWanted: bar.toast.copyRequestId()
        }
    }
    PushButton {
        id: undo
        visible: bar.toast.canUndo
        anchors { right: closing.left; verticalCenter: parent.verticalCenter }
        kind: PushButton.Quiet
        isOnDark: true
        text: qsTr("Undo")
        onClicked: bar.toast.undo()
    }
    GlyphButton {
        id: closing
        anchors { right: parent.right; rightMargin: 4; verticalCenter: parent.verticalCenter }
        glyph: "close"
        isOnDark: true
        name: qsTr("Dismiss")
        onClicked: bar.toast.dismiss()
    }
}
