import QtQuick
import Belfry.Ui
import Belfry.Window

// How it stands with the server: a shape, a colour, and words.
Item {
    id: line

    required property ConnectionView connection
    property bool isNarrow: false

    readonly property color ink: connection.kind === ConnectionView.Online ? Theme.success
                               : connection.kind === ConnectionView.Busy ? Theme.muted
                               : connection.kind === ConnectionView.Offline ? Theme.warning : Theme.danger

    implicitHeight: 28
    Accessible.role: Accessible.StaticText
    Accessible.name: connection.text

    Item {
        id: sign
        width: 18
        height: 18
        anchors.verticalCenter: parent.verticalCenter
        x: line.isNarrow ? (line.width - width) / 2 : LayoutMirroring.enabled ? line.width - width - 11 : 11
        Rectangle {
            visible: line.connection.kind === ConnectionView.Online || line.connection.kind === ConnectionView.Busy
            anchors.centerIn: parent
            width: 10
            height: 10
            radius: 5
            color: line.connection.kind === ConnectionView.Online ? line.ink : "transparent"
            border.width: 2
            border.color: line.ink
        }
        Icon {
            visible: line.connection.kind > ConnectionView.Online
            anchors.centerIn: parent
            name: line.connection.kind === ConnectionView.Offline ? "offline" : "warning"
            color: line.ink
            size: 18
        }
    }
    Label {
        visible: !line.isNarrow
        anchors { left: parent.left; leftMargin: 42; right: parent.right; verticalCenter: parent.verticalCenter }
        text: line.connection.kind === ConnectionView.Offline ? qsTr("Offline") : line.connection.text
        color: Theme.muted
        font.pixelSize: Theme.sizeSmall
        Accessible.ignored: true
    }
    HoverHandler { id: hover }
    Tip {
        visible: hover.hovered
        text: line.connection.text
    }
}
