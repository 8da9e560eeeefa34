import QtQuick
import QtQuick.Templates as T
import Qt.labs.qmlmodels
import Belfry.Ui
import Belfry.Window

// The rows of a view, with the keyboard (C2): letters act only while the list has the focus.
FocusScope {
    id: root

    required property InboxView inbox
    property string openedId
    property alias currentIndex: list.currentIndex
    readonly property alias count: list.count
    property int newAbove: 0
    readonly property string lookedFor: inbox.search

    signal opened(string id)
    signal snoozeWanted(int row, Item place)
    signal menuWanted(int row, Item place)
    signal searchWanted()
    signal helpWanted()
    signal escaped()

    function open(row: int) {
        if (row < 0 || inbox.isHeader(row))
            return
        list.currentIndex = row
        opened(inbox.idAt(row))
    }
    onLookedForChanged: startAfresh() // what is found first is seen first
    function focusList() { list.forceActiveFocus() }
    // Bulk actions go before those on the row under the keyboard.
    function target(): int { return inbox.selectionCount > 0 ? -1 : list.currentIndex }
    function step(by: int) {
        const next = inbox.nextRow(list.currentIndex < 0 ? -1 : list.currentIndex, by)
        if (by > 0 && next === list.currentIndex)
            inbox.more.load()
        if (next >= 0)
            list.currentIndex = next
        list.positionViewAtIndex(list.currentIndex, ListView.Contain)
    }
    function toTop() {
        list.positionViewAtBeginning()
        newAbove = 0
    }
    function forgetNews() {
        newAbove = 0
        list.heldAt = -1
    }
    function layOut() {
        inbox.catchUp()
        list.forceLayout()
    }
    // Another view, other words: its rows are not news.
    function startAfresh() {
        inbox.catchUp()
        list.currentIndex = -1
        list.positionViewAtBeginning()
        forgetNews()
    }
    // Something stays current as long as there is something, and never a header.
    function settle() {
        if (list.count === 0 || !inbox.isHeader(list.currentIndex))
            return
        const below = inbox.nextRow(list.currentIndex, 1)
        list.currentIndex = below !== list.currentIndex ? below : inbox.nextRow(list.currentIndex, -1)
    }
    function lookedAt() {
        if (Application.state !== Qt.ApplicationActive || !visible || list.count === 0)
            return
        const top = list.indexAt(1, list.contentY + 1)
        const bottom = list.indexAt(1, list.contentY + list.height - 1)
        inbox.see(Math.max(0, top), bottom < 0 ? list.count - 1 : bottom)
    }

    ListView {
        id: list

        // While something is read at the top, what comes in above does not push it away.
        property real heldAt: -1
        property int topRow: -1 // before rows came in; −1: the view was at the top

        anchors.fill: parent
        anchors.leftMargin: 16
        anchors.rightMargin: 16
        focus: true
        clip: true
        model: root.inbox.rows
        currentIndex: -1
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        keyNavigationEnabled: false
        reuseItems: true // of a burst each frame would make all rows in sight anew
        cacheBuffer: 0 // rows made ahead are made later, and Qt 6.4 complains of those that have gone by then
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Notifications")

        delegate: DelegateChooser {
            role: "header"
            DelegateChoice {
                roleValue: true
                DayHeader {
                    required property var day
                    required property int unreadCount
                    width: list.width
                    text: root.inbox.dayName(day, root.inbox.minute)
                    // Rows that wait for another use are still children of the list: nobody shall be told of them.
                    ListView.onPooled: visible = false
                    ListView.onReused: visible = true
                    unread: unreadCount
                }
            }
            DelegateChoice {
                roleValue: false
                InboxRow {
                    id: row
                    width: list.width
                    inbox: root.inbox
                    isSelected: root.inbox.selectionRevision >= 0 && root.inbox.isSelected(notificationId)
                    isOpened: root.openedId === notificationId
                    hasFocusRing: list.activeFocus && list.currentIndex === index
                    ListView.onPooled: visible = false
                    ListView.onReused: visible = true
                    // Its own row as of now: what moved in this turn is laid out with the next frame.
                    function here(): int {
                        root.layOut()
                        return root.inbox.rowOf(notificationId)
                    }
                    onClicked: {
                        list.forceActiveFocus(Qt.MouseFocusReason)
                        root.open(here())
                    }
                    onPicked: {
                        list.currentIndex = here()
                        root.inbox.toggleSelected(here())
                    }
                    onReadToggled: root.inbox.toggleRead(here())
                    onArchived: root.inbox.archive(here())
                    onSnoozeWanted: place => root.snoozeWanted(here(), place)
                    onMoreWanted: place => root.menuWanted(here(), place)
                    onFolded: root.inbox.setOpen(here(), !open)
                }
            }
        }

        footer: MoreRowsLine {
            width: list.width
            more: root.inbox.more
            fullText: root.inbox.search !== "" ? qsTr("There is more on the server: a narrower search shows it.")
                                               : qsTr("Older ones are on the server, where a search finds them.")
        }
        onAtYEndChanged: {
            if (atYEnd && contentY > originY + 1) // who has scrolled to the end wants to go on
                root.inbox.more.load()
        }

        T.ScrollBar.vertical: Scroller {
            parent: root
            anchors { right: parent.right; rightMargin: 3; top: list.top; bottom: list.bottom }
        }
        onContentYChanged: {
            if (list.heldAt < 0 && atYBeginning && list.indexAt(1, list.contentY + 1) === 0)
                root.newAbove = 0
            looking.restart()
        }
        onCountChanged: {
            if (count === 0)
                root.forgetNews()
            root.settle()
            looking.restart()
        }
        onCurrentIndexChanged: root.settle()

        Keys.onPressed: event => root.pressed(event)
    }

    Connections {
        target: root.inbox
        function onViewChanged() { root.startAfresh() }
        function onSearchChanged() { root.forgetNews() }
    }
    Connections {
        target: root.inbox.rows
        function onRowsAboutToBeInserted(parent, first, last) {
            list.topRow = root.rowOnTop()
            if (first <= list.currentIndex)
                root.holdWhatIsRead()
        }
        // The stack that news came to goes up, past what is read.
        function onRowsAboutToBeMoved(parent, first, last, newParent, to) {
            if (first > list.currentIndex && to <= list.currentIndex)
                root.holdWhatIsRead()
        }
        function onRowsMoved() {
            if (list.heldAt >= 0)
                Qt.callLater(root.hold) // qmllint disable
        }
        function onRenewed(row) {
            if (row <= root.rowOnTop() || list.heldAt >= 0)
                ++root.newAbove
        }
        function onRowsInserted(parent, first, last) {
            if (first <= list.topRow || list.heldAt >= 0)
                for (let row = first; row <= last; ++row)
                    root.newAbove += root.inbox.isHeader(row) ? 0 : 1
            if (list.heldAt >= 0)
                Qt.callLater(root.hold)
        }
    }
    // −1: the view is at the top.
    function rowOnTop(): int {
        if (list.atYBeginning)
            return -1
        const row = list.indexAt(1, list.contentY + 1)
        return row < 0 ? list.currentIndex : row // between two rows
    }
    function holdWhatIsRead() {
        const isReading = list.activeFocus && list.currentIndex > 0 || openedId !== ""
        if (list.atYBeginning && isReading && list.currentItem && list.heldAt < 0)
            list.heldAt = list.currentItem.y - list.contentY
    }
    function hold() {
        if (list.heldAt < 0)
            return
        layOut()
        if (list.currentItem)
            list.contentY = Math.max(list.originY, list.currentItem.y - list.heldAt)
        list.heldAt = -1
    }

    Timer { // a look is longer than a glance in passing
        id: looking
        interval: 700
        onTriggered: root.lookedAt()
    }
    Connections {
        target: Application
        function onStateChanged() { looking.restart() }
    }

    Rectangle { // the day of what is on top, while its own header is out of sight
        id: sticky
        readonly property int topRow: list.count > 0 ? list.indexAt(1, list.contentY + 2) : -1
        visible: list.contentY > list.originY + 4 && topRow >= 0
        anchors { left: parent.left; right: parent.right; leftMargin: 16; rightMargin: 16; top: parent.top }
        height: 32
        // Nearly opaque: Qt 6.4's software renderer leaves what goes below something opaque where it was painted before.
        color: Qt.rgba(Theme.window.r, Theme.window.g, Theme.window.b, 254 / 255)
        Label {
            anchors { left: parent.left; leftMargin: 4; bottom: parent.bottom; bottomMargin: 7 }
            text: sticky.visible ? root.inbox.dayAt(sticky.topRow) : ""
            isStrong: true
            color: Theme.muted
            font.pixelSize: Theme.sizeSmall
            Accessible.ignored: true
        }
        Rectangle {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            height: 1
            color: Theme.divider
        }
    }

    PushButton {
        visible: root.newAbove > 0
        anchors { horizontalCenter: parent.horizontalCenter; top: parent.top; topMargin: 38 }
        kind: PushButton.Primary
        text: qsTr("%n new", "", root.newAbove)
        onClicked: root.toTop()
    }

    function pressed(event) {
        layOut() // the row under the keyboard as of now, not as of the last frame
        if (event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier)) {
            if (event.key === Qt.Key_A && event.modifiers === Qt.ControlModifier)
                inbox.selectAll()
            else
                return
            event.accepted = true
            return
        }
        const extends_ = event.modifiers & Qt.ShiftModifier
        event.accepted = true
        switch (event.key) {
        case Qt.Key_J:
        case Qt.Key_Down:
            return move(1, extends_)
        case Qt.Key_K:
        case Qt.Key_Up:
            return move(-1, extends_)
        case Qt.Key_Home: return jump(inbox.nextRow(-1, 1))
        case Qt.Key_End:
            inbox.more.load()
            return jump(inbox.nextRow(list.count, -1))
        case Qt.Key_PageDown: return page(1)
        case Qt.Key_PageUp: return page(-1)
        case Qt.Key_Return:
        case Qt.Key_Enter: return open(list.currentIndex)
        case Qt.Key_Right:
        case Qt.Key_Left:
            return inbox.setOpen(list.currentIndex, (event.key === Qt.Key_Right) !== LayoutMirroring.enabled)
        case Qt.Key_E: return inbox.archive(target())
        case Qt.Key_U: return inbox.toggleRead(target())
        case Qt.Key_Delete: return inbox.remove(target())
        case Qt.Key_H: return snoozeWanted(target(), list.currentItem)
        case Qt.Key_M: return inbox.mute(target())
        case Qt.Key_B: return inbox.bringBack(target())
        case Qt.Key_X:
        case Qt.Key_Space: return inbox.toggleSelected(list.currentIndex)
        case Qt.Key_Menu: return menuWanted(target(), list.currentItem)
        case Qt.Key_Slash: return searchWanted()
        case Qt.Key_Question: return helpWanted()
        case Qt.Key_Escape: return escaped()
        }
        event.accepted = false
    }
    function move(by: int, selects: bool) {
        const from = list.currentIndex
        step(by)
        if (selects && from >= 0)
            inbox.selectRange(from, list.currentIndex)
    }
    function jump(row: int) {
        if (row >= 0 && row < list.count)
            list.currentIndex = row
        list.positionViewAtIndex(list.currentIndex, ListView.Contain)
    }
    function page(by: int) {
        const rows = Math.max(1, Math.floor(list.height / 80))
        let row = list.currentIndex
        for (let i = 0; i < rows; ++i)
            row = inbox.nextRow(row, by)
        jump(row)
    }
}
