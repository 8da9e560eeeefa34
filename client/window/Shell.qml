import QtQuick
import Belfry.Ui
import Belfry.Window

// All that is in the window: where one goes, the list, the one that is open.
FocusScope {
    id: shell

    required property InboxView inbox
    required property DetailView detail
    required property ToastView toast
    required property ConnectionView connection
    required property WhyView why
    property Component settings
    property int page: Pages.Inbox

    readonly property bool isNarrow: width < 760
    readonly property int currentRow: listPage.list.currentIndex
    readonly property int newAbove: listPage.list.newAbove
    readonly property bool isMenuOpen: snoozing.visible || menu.visible
    readonly property bool isListPage: page <= Pages.Archive
    readonly property bool isDetailAlone: isNarrow && detail.isOpen

    function go(to: int) {
        page = to
        detail.notificationId = ""
        if (to <= Pages.Archive) {
            inbox.view = to
            listPage.list.startAfresh()
            listPage.list.focusList()
        }
    }
    function open(id: string) {
        detail.notificationId = id
        inbox.keep(id)
        detail.markRead()
    }
    function showNews() { listPage.list.toTop() }
    // From a banner, or another program.
    function show(id: string) {
        if (page > Pages.Archive)
            go(Pages.Inbox)
        open(id)
        listPage.list.currentIndex = inbox.rowOf(id)
    }
    function closeDetail() {
        detail.notificationId = ""
        inbox.keep("")
        listPage.list.focusList()
    }
    function neighbour(by: int): int {
        const row = inbox.rowOf(detail.notificationId)
        return row < 0 ? -1 : inbox.nextRow(row, by)
    }
    function openNeighbour(by: int) {
        const row = neighbour(by)
        if (row >= 0)
            listPage.list.open(row)
    }
    function stepBack() {
        if (inbox.selectionCount > 0)
            inbox.clearSelection()
        else if (detail.isOpen)
            closeDetail()
    }
    function snooze(row: int, place: Item) {
        snoozing.fromDetail = false
        snoozing.openFor(row, place)
    }
    function snoozed(until: date) {
        if (snoozing.fromDetail)
            detail.snooze(until)
        else
            inbox.snooze(snoozing.row(), until)
    }
    function explain(id: string) {
        why.ask(id)
        whySheet.open()
    }

    LayoutMirroring.childrenInherit: true

    NavRail {
        id: rail
        anchors { left: parent.left; top: parent.top; bottom: parent.bottom }
        inbox: shell.inbox
        connection: shell.connection
        page: shell.page
        isNarrow: shell.width < 920
        onWanted: page => shell.go(page)
    }
    InboxPage {
        id: listPage
        anchors { left: rail.right; top: parent.top; bottom: parent.bottom }
        width: shell.detail.isOpen && !shell.isNarrow ? Math.max(340, (shell.width - rail.width) * 0.44) : shell.width - rail.width
        visible: shell.isListPage && !shell.isDetailAlone
        focus: true
        inbox: shell.inbox
        connection: shell.connection
        openedId: shell.detail.notificationId
        onOpened: id => shell.open(id)
        onSnoozeWanted: (row, place) => shell.snooze(row, place)
        onMenuWanted: (row, place) => menu.openFor(row, place)
        onHelpWanted: keys.open()
        onEscaped: shell.stepBack()
    }
    DetailPane {
        id: pane
        anchors { left: shell.isDetailAlone ? rail.right : listPage.right; right: parent.right; top: parent.top; bottom: parent.bottom }
        visible: shell.isListPage && shell.detail.isOpen
        detail: shell.detail
        inbox: shell.inbox
        isAlone: shell.isDetailAlone
        hasPrevious: visible && shell.neighbour(-1) !== shell.inbox.rowOf(shell.detail.notificationId)
        hasNext: visible && shell.neighbour(1) !== shell.inbox.rowOf(shell.detail.notificationId)
        onClosed: shell.closeDetail()
        onPreviousWanted: shell.openNeighbour(-1)
        onNextWanted: shell.openNeighbour(1)
        onOpened: id => shell.open(id)
        onSnoozeWanted: place => {
            snoozing.fromDetail = true
            snoozing.openFor(-1, place)
        }
        onMenuWanted: place => menu.openFor(shell.inbox.rowOf(shell.detail.notificationId), place)
        Keys.onEscapePressed: shell.closeDetail()
        Rectangle {
            width: 1
            anchors { left: parent.left; top: parent.top; bottom: parent.bottom }
            color: Theme.divider
        }
    }
    Loader {
        anchors { left: rail.right; right: parent.right; top: parent.top; bottom: parent.bottom }
        active: shell.page === Pages.Settings
        sourceComponent: shell.settings
    }
    EmptyState {
        visible: shell.page === Pages.Activity || shell.page === Pages.Preferences
        anchors { centerIn: parent; horizontalCenterOffset: rail.width / 2 }
        glyph: shell.page === Pages.Activity ? "activity" : "sliders"
        title: shell.page === Pages.Activity ? qsTr("Activity") : qsTr("Preferences")
        text: shell.page === Pages.Activity ? qsTr("Streaks and activity are not part of this version.")
                                            : qsTr("Set here in a later version. Until then press M on a notification to mute its category.")
    }
    ToastBar {
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: 18 }
        toast: shell.toast
    }

    SnoozeMenu {
        id: snoozing
        property bool fromDetail: false
        inbox: shell.inbox
        onChosen: until => shell.snoozed(until)
        onCustomWanted: custom.openFresh()
    }
    CustomSnooze {
        id: custom
        inbox: shell.inbox
        onChosen: until => shell.snoozed(until)
    }
    RowMenu {
        id: menu
        inbox: shell.inbox
        canCopyLink: meant !== "" && shell.inbox.linkOf(meant) !== ""
        onCopyLinkWanted: shell.copyWanted(shell.inbox.linkOf(meant))
        onWhyWanted: shell.explain(meant)
    }
    CheatSheet { id: keys }
    WhySheet { id: whySheet; why: shell.why }

    signal copyWanted(string text)

    Shortcut { sequences: [StandardKey.Find]; onActivated: { if (!shell.isListPage) shell.go(Pages.Inbox); listPage.focusSearch() } }
    Shortcut { sequences: [StandardKey.Undo]; enabled: shell.inbox.canUndo || shell.toast.isAside; onActivated: shell.toast.isAside ? shell.toast.undo() : shell.inbox.undo() }
    Shortcut { sequence: "Ctrl+R"; onActivated: shell.connection.retry() }
    Shortcut { sequence: "Ctrl+,"; onActivated: shell.go(Pages.Settings) }
    Shortcut { sequence: "Ctrl+1"; onActivated: shell.go(Pages.Inbox) }
    Shortcut { sequence: "Ctrl+2"; onActivated: shell.go(Pages.Unread) }
    Shortcut { sequence: "Ctrl+3"; onActivated: shell.go(Pages.Snoozed) }
    Shortcut { sequence: "Ctrl+4"; onActivated: shell.go(Pages.Archive) }
    Shortcut { sequence: "Ctrl+5"; onActivated: shell.go(Pages.Activity) }
    Shortcut { sequence: "Ctrl+6"; onActivated: shell.go(Pages.Preferences) }
}
