import QtQuick
import QtQuick.Templates as T
import Belfry.Ui

T.AbstractButton {
    id: row

    required property string title
    required property string when
    required property bool unread

    implicitHeight: 36
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    leftPadding: 10
    rightPadding: 10
    Accessible.role: Accessible.Button
    Accessible.name: (unread ? qsTr("Unread") + ", " : "") + title + ", " + when
    Accessible.onPressAction: clicked()
    contentItem: Item {
        Label {
            anchors { left: parent.left; right: time.left; rightMargin: 10; verticalCenter: parent.verticalCenter }
            text: row.title
            isQuoted: true
            font.weight: row.unread ? Font.DemiBold : Font.Normal
        }
        Label {
            id: time
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            text: row.when
            color: Theme.muted
            font.pixelSize: Theme.sizeSmall
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: row.down ? Theme.pressed : row.hovered ? Theme.hover : "transparent"
        border.width: Theme.borderWidth
        border.color: Theme.divider
        FocusRing { target: row }
    }
}
