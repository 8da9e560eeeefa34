import QtQuick
import Belfry.Ui
import Belfry.Window

// What can be done with all that is chosen.
Rectangle {
    id: bar

    required property InboxView inbox
    property bool isNarrow: false

    signal snoozeWanted(Item place)

    visible: inbox.selectionCount > 0
    implicitHeight: visible ? 46 : 0
    radius: Theme.radius
    color: Theme.selected
    border.width: Theme.borderWidth
    border.color: Theme.accent
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("%n selected", "", inbox.selectionCount)

    Label {
        anchors { left: parent.left; leftMargin: 14; verticalCenter: parent.verticalCenter }
        text: bar.isNarrow ? bar.inbox.selectionCount : qsTr("%n selected", "", bar.inbox.selectionCount)
        isStrong: true
    }
    Row {
        anchors { right: parent.right; rightMargin: 6; verticalCenter: parent.verticalCenter }
        spacing: 2
        GlyphButton { glyph: "check"; name: qsTr("Mark as read or unread"); shortcutText: "U"; onClicked: bar.inbox.toggleRead(-1) }
        GlyphButton { id: snoozing; glyph: "clock"; name: qsTr("Snooze"); shortcutText: "H"; onClicked: bar.snoozeWanted(snoozing) }
        GlyphButton { glyph: "archive"; name: qsTr("Archive"); shortcutText: "E"; onClicked: bar.inbox.archive(-1) }
        GlyphButton { glyph: "trash"; name: qsTr("Delete"); shortcutText: qsTr("Del"); onClicked: bar.inbox.remove(-1) }
        GlyphButton { glyph: "close"; name: qsTr("Select nothing"); shortcutText: qsTr("Esc"); onClicked: bar.inbox.clearSelection() }
    }
}
