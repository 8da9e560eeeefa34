import QtQuick
import Belfry.Ui
import Belfry.Window

// One view of the inbox: search, what stands above the list, the list, or why it is empty.
FocusScope {
    id: page

    required property InboxView inbox
    required property ConnectionView connection
    property alias list: list
    property string openedId
    property bool isNarrow: width < 440

    signal opened(string id)
    signal snoozeWanted(int row, Item place)
    signal menuWanted(int row, Item place)
    signal helpWanted()
    signal escaped()

    readonly property bool isSearching: inbox.search !== ""
    readonly property bool isLoading: !inbox.isCacheRead || (connection.isFirstSync && connection.kind === ConnectionView.Busy)

    function focusSearch() { search.focusField() }

    Rectangle { anchors.fill: parent; color: Theme.window }

    Column {
        id: head
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: 16; topMargin: 14; bottomMargin: 0 }
        spacing: 10
        Item {
            width: parent.width
            height: search.implicitHeight
            SearchBar {
                id: search
                anchors { left: parent.left; right: buttons.left; rightMargin: 8 }
                inbox: page.inbox
                onListWanted: list.focusList()
            }
            Row {
                id: buttons
                anchors { right: parent.right; top: parent.top }
                spacing: 4
                PushButton {
                    visible: !page.isNarrow && page.inbox.unreadCount > 0 && page.inbox.view <= InboxView.Unread
                    glyph: "checks"
                    text: qsTr("Mark all read")
                    onClicked: page.inbox.readAll()
                }
                GlyphButton {
                    visible: page.isNarrow && page.inbox.unreadCount > 0 && page.inbox.view <= InboxView.Unread
                    glyph: "checks"
                    name: qsTr("Mark all read")
                    onClicked: page.inbox.readAll()
                }
                GlyphButton { glyph: "why"; name: qsTr("Keyboard shortcuts"); shortcutText: "?"; visible: !page.isNarrow; onClicked: page.helpWanted() }
            }
        }
        ConnectionBar { width: parent.width; connection: page.connection }
        BulkBar {
            width: parent.width
            inbox: page.inbox
            isNarrow: page.isNarrow
            onSnoozeWanted: place => page.snoozeWanted(-1, place)
        }
    }
    InboxList {
        id: list
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom; topMargin: 6 }
        focus: true
        visible: count > 0
        inbox: page.inbox
        openedId: page.openedId
        onOpened: id => page.opened(id)
        onSnoozeWanted: (row, place) => page.snoozeWanted(row, place)
        onMenuWanted: (row, place) => page.menuWanted(row, place)
        onSearchWanted: page.focusSearch()
        onHelpWanted: page.helpWanted()
        onEscaped: page.escaped()
    }
    SkeletonList {
        anchors { left: parent.left; right: parent.right; top: head.bottom; margins: 16; topMargin: 12 }
        visible: list.count === 0 && page.isLoading && waited.isOver && !page.isSearching
        text: page.connection.isFirstSync ? page.connection.text : ""
    }
    Timer { // what is there at once needs no skeleton
        id: waited
        property bool isOver: false
        interval: 150
        running: true
        onTriggered: isOver = true
    }
    Column {
        anchors.centerIn: list
        visible: list.count === 0 && !page.isLoading
        width: list.width
        EmptyState {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !page.inbox.isSearching && page.inbox.more.state !== MoreRows.Loading
            glyph: page.isSearching ? "search" : ["checks", "checks", "clock", "archive"][page.inbox.view]
            title: page.isSearching ? qsTr("Nothing found")
                 : page.inbox.view === InboxView.Snoozed ? qsTr("Nothing is asleep")
                 : page.inbox.view === InboxView.Archive ? qsTr("The archive is empty") : qsTr("All caught up")
            text: page.isSearching ? qsTr("Other words, or fewer, may find more.")
                : page.inbox.view === InboxView.Snoozed ? qsTr("What you snooze waits here, and comes back unread.")
                : page.inbox.view === InboxView.Archive ? qsTr("What you archive is kept here, out of the way.")
                : page.inbox.view === InboxView.Unread ? qsTr("There is nothing unread.") : qsTr("New notifications come here, as they happen.")
            actionText: page.isSearching ? qsTr("Clear the search") : ""
            onActed: search.clear()
        }
        MoreRowsLine {
            width: parent.width
            more: page.inbox.more
        }
    }
}
