import QtQuick
import Belfry.Ui
import Belfry.Window

// Where one can go, and how it stands with the server.
Rectangle {
    id: rail

    required property InboxView inbox
    required property ConnectionView connection
    property int page: Pages.Inbox
    property bool isNarrow: false

    signal wanted(int page)

    implicitWidth: isNarrow ? 60 : 212
    color: Theme.rail
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Navigation")

    Column {
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: rail.isNarrow ? 8 : 12; topMargin: 14 }
        spacing: 3
        Item {
            width: parent.width
            height: 42
            Icon {
                id: bell
                name: "bell"
                color: Theme.accent
                size: 24
                weight: 2
                anchors.verticalCenter: parent.verticalCenter
                x: rail.isNarrow ? (parent.width - width) / 2 : LayoutMirroring.enabled ? parent.width - width - 9 : 9
            }
            Label {
                visible: !rail.isNarrow
                anchors { left: parent.left; leftMargin: 42; verticalCenter: parent.verticalCenter }
                text: qsTr("Belfry")
                isStrong: true
                font.pixelSize: Theme.sizeHeading
            }
        }
        Repeater {
            model: [
                { page: Pages.Inbox, text: qsTr("Inbox"), glyph: "inbox" },
                { page: Pages.Unread, text: qsTr("Unread"), glyph: "unread" },
                { page: Pages.Snoozed, text: qsTr("Snoozed"), glyph: "clock" },
                { page: Pages.Archive, text: qsTr("Archive"), glyph: "archive" },
                { page: Pages.Activity, text: qsTr("Activity"), glyph: "activity" },
                { page: Pages.Preferences, text: qsTr("Preferences"), glyph: "sliders" }
            ]
            NavItem {
                required property var modelData
                required property int index
                width: parent.width
                text: modelData.text
                glyph: modelData.glyph
                isNarrow: rail.isNarrow
                isCurrent: rail.page === modelData.page
                count: modelData.page === Pages.Unread ? rail.inbox.unreadCount
                     : modelData.page === Pages.Snoozed ? rail.inbox.snoozedCount : 0
                isQuiet: modelData.page === Pages.Snoozed
                shortcutText: qsTr("Ctrl+%1").arg(index + 1)
                onClicked: rail.wanted(modelData.page)
            }
        }
    }
    Column {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: rail.isNarrow ? 8 : 12; bottomMargin: 12 }
        spacing: 6
        NavItem {
            width: parent.width
            text: qsTr("Settings")
            glyph: "settings"
            isNarrow: rail.isNarrow
            isCurrent: rail.page === Pages.Settings
            shortcutText: qsTr("Ctrl+,")
            onClicked: rail.wanted(Pages.Settings)
        }
        ConnectionLine { width: parent.width; connection: rail.connection; isNarrow: rail.isNarrow }
    }
    Rectangle {
        width: 1
        anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
        color: Theme.divider
    }
}
