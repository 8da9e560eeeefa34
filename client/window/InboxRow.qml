import QtQuick
import QtQuick.Templates as T
import Belfry.Ui
import Belfry.Window

// A notification in the list: who says what, when, and whether it was read: by a dot and by weight, not by colour alone.
T.ItemDelegate {
    id: row

    // Of the model.
    required property int index
    required property string notificationId
    required property string title
    required property string message
    required property string source
    required property string category
    required property bool unread
    required property bool critical
    required property int urgency
    required property bool pending
    required property var placedAt
    required property var wokeAt
    required property var snoozedUntil
    required property bool first
    required property int count
    required property bool open

    required property InboxView inbox
    property bool isSelected: false
    property bool isOpened: false
    property bool hasFocusRing: false

    readonly property string preview: inbox.preview(message)
    readonly property bool isFound: inbox.words !== "" // by words, which are marked
    readonly property bool isUrgent: critical || urgency === 3
    readonly property bool isStack: first && count > 1
    readonly property bool isInStack: !first
    readonly property bool isSleeping: !isNaN(snoozedUntil)
    readonly property bool hasWoken: !isSleeping && !isNaN(wokeAt)
    readonly property string whenText: isSleeping ? qsTr("until %1").arg(inbox.until(snoozedUntil, inbox.minute))
                                                  : inbox.when(placedAt, inbox.minute)
    readonly property bool isSlim: width < 330
    readonly property bool showsActions: (hovered || hasFocusRing) && width > 420

    signal readToggled()
    signal archived()
    signal snoozeWanted(Item place)
    signal moreWanted(Item place)
    signal folded()
    signal picked()

    implicitHeight: Theme.isCompact ? 48 : body.lineCount > 1 ? 94 : 76
    leftPadding: isInStack && !mirrored ? 40 : 14
    rightPadding: isInStack && mirrored ? 40 : 14
    focusPolicy: Qt.NoFocus
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: (isUrgent ? qsTr("Urgent") + ", " : "") + (unread ? qsTr("Unread") + ", " : "")
                     + (source !== "" ? source + ", " : "") + title + ", " + (preview !== "" ? preview + ", " : "") + whenText
                     + (pending ? ", " + qsTr("not sent yet") : "") + (isStack ? ", " + qsTr("%n in this stack", "", count) : "")
    Accessible.selectable: true
    Accessible.selected: isSelected
    Accessible.focusable: true
    Accessible.focused: hasFocusRing
    Accessible.onPressAction: clicked()

    contentItem: Item {
        T.AbstractButton { // chooses the row
            id: pick
            width: Theme.isCompact ? 28 : 38
            height: width
            anchors { left: parent.left; verticalCenter: parent.verticalCenter }
            focusPolicy: Qt.NoFocus
            hoverEnabled: true
            Accessible.role: Accessible.CheckBox
            Accessible.name: qsTr("Select %1").arg(row.title)
            Accessible.checked: row.isSelected
            Accessible.onPressAction: row.picked()
            Accessible.onToggleAction: row.picked()
            onClicked: row.picked()
            contentItem: Avatar {
                name: row.source
                size: pick.width
                opacity: row.isSelected || pick.hovered ? 0 : 1
            }
            Rectangle {
                anchors.fill: parent
                visible: row.isSelected || pick.hovered
                radius: width / 2
                color: row.isSelected ? Theme.accent : "transparent"
                border.width: 2
                border.color: row.isSelected ? Theme.accent : Theme.muted
                Icon {
                    anchors.centerIn: parent
                    name: "check"
                    size: 18
                    weight: 2.4
                    color: row.isSelected ? Theme.accentText : Theme.muted
                }
            }
        }
        Column {
            anchors { left: pick.right; leftMargin: 12; right: side.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
            spacing: 2
            Item {
                id: head
                // Who it is from is told in full before anything else is: the category, the word of the mark.
                readonly property bool isTight: sourceWords.advanceWidth + mark.fullWidth + time.width + 24 > width
                visible: !Theme.isCompact
                width: parent.width
                height: 17
                Label {
                    id: origin
                    readonly property real room: parent.width - marks.width - time.width - 18
                    readonly property string both: row.category === "" ? row.source : row.source === "" ? row.category : row.source + "  ·  " + row.category
                    anchors { left: parent.left; verticalCenter: parent.verticalCenter }
                    width: Math.min(implicitWidth, room)
                    text: row.source === "" || bothWords.advanceWidth <= room ? both : row.source
                    color: Theme.muted
                    font.pixelSize: Theme.sizeSmall
                }
                TextMetrics { id: bothWords; font: origin.font; text: origin.both }
                TextMetrics { id: sourceWords; font: origin.font; text: row.source }
                Row {
                    id: marks
                    anchors { left: origin.right; leftMargin: 6; verticalCenter: parent.verticalCenter }
                    spacing: 6
                    UrgentMark { id: mark; visible: row.isUrgent; isShort: head.isTight }
                    Icon { visible: row.pending && row.isSlim; name: "refresh"; size: 14; color: Theme.warning }
                    Icon { visible: row.hasWoken || row.isSleeping; name: "clock"; size: 14; color: Theme.accent }
                }
                Label {
                    id: time
                    anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                    text: row.pending && !row.isSlim ? qsTr("not sent yet") : row.whenText
                    color: row.pending ? Theme.warning : Theme.muted
                    font.pixelSize: Theme.sizeSmall
                }
            }
            Label {
                width: parent.width
                text: row.isFound ? row.inbox.marked(row.title, row.inbox.words, Theme.accent) : row.title
                textFormat: row.isFound ? Text.StyledText : Text.PlainText
                Accessible.role: Accessible.StaticText
                Accessible.name: row.title
                isQuoted: true
                font.pixelSize: Theme.sizeTitle
                font.weight: row.unread ? Font.DemiBold : Font.Normal
            }
            Label {
                id: body
                width: parent.width
                visible: text !== "" && !Theme.isCompact
                text: row.isFound ? row.inbox.markedExcerpt(row.preview, row.inbox.words, Theme.accent) : row.preview
                textFormat: row.isFound ? Text.StyledText : Text.PlainText
                Accessible.role: Accessible.StaticText
                Accessible.name: row.preview
                isQuoted: true
                color: Theme.muted
                wrapMode: Text.Wrap
                maximumLineCount: 2
            }
        }
        Row {
            id: side
            spacing: 8
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            Row {
                visible: row.showsActions
                spacing: 0
                anchors.verticalCenter: parent.verticalCenter
                GlyphButton {
                    focusPolicy: Qt.NoFocus
                    glyph: row.unread ? "check" : "unread"
                    name: row.unread ? qsTr("Mark as read") : qsTr("Mark as unread")
                    shortcutText: "U"
                    onClicked: row.readToggled()
                }
                GlyphButton {
                    id: snoozing
                    focusPolicy: Qt.NoFocus
                    glyph: "clock"
                    name: qsTr("Snooze")
                    shortcutText: "H"
                    onClicked: row.snoozeWanted(snoozing)
                }
                GlyphButton {
                    focusPolicy: Qt.NoFocus
                    glyph: "archive"
                    name: qsTr("Archive")
                    shortcutText: "E"
                    onClicked: row.archived()
                }
                GlyphButton {
                    id: more
                    focusPolicy: Qt.NoFocus
                    glyph: "more"
                    name: qsTr("More")
                    onClicked: row.moreWanted(more)
                }
            }
            Label {
                visible: Theme.isCompact && !row.showsActions
                anchors.verticalCenter: parent.verticalCenter
                text: row.pending ? qsTr("not sent yet") : row.whenText
                color: row.pending ? Theme.warning : Theme.muted
                font.pixelSize: Theme.sizeSmall
            }
            T.AbstractButton {
                id: fold
                visible: row.isStack
                implicitWidth: Math.max(34, foldWords.implicitWidth + 14)
                implicitHeight: 26
                anchors.verticalCenter: parent.verticalCenter
                focusPolicy: Qt.NoFocus
                hoverEnabled: true
                Accessible.role: Accessible.Button
                Accessible.name: row.open ? qsTr("Fold the stack") : qsTr("Open the stack of %n more", "", row.count - 1)
                Accessible.onPressAction: clicked()
                onClicked: row.folded()
                contentItem: Label {
                    id: foldWords
                    text: row.open ? "−" : "+" + (row.count - 1)
                    color: Theme.accent
                    font.weight: Font.DemiBold
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
                background: Rectangle {
                    radius: 13
                    color: fold.hovered ? Theme.pressed : Theme.sunken
                    border.width: Theme.isContrast ? 2 : 0
                    border.color: Theme.border
                }
            }
            Rectangle {
                width: 9
                height: 9
                radius: 5
                anchors.verticalCenter: parent.verticalCenter
                color: Theme.accent
                opacity: row.unread ? 1 : 0
            }
        }
    }
    background: Item {
        Rectangle { // what lies behind a folded stack
            visible: row.isStack && !row.open
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; leftMargin: 10; rightMargin: 10; bottomMargin: -1 }
            height: 14
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.borderWidth
            border.color: Theme.border
        }
        Rectangle {
            anchors { fill: parent; leftMargin: row.isInStack && !row.mirrored ? 26 : 0; rightMargin: row.isInStack && row.mirrored ? 26 : 0; topMargin: 2; bottomMargin: 3 }
            radius: Theme.radius + 2
            color: row.isSelected || row.isOpened ? Theme.selected : row.down ? Theme.pressed : row.hovered ? Theme.hover : Theme.surface
            border.width: row.hasFocusRing ? 2 : (row.isSelected || row.isOpened) && Theme.isContrast ? 3 : Theme.borderWidth
            border.color: row.hasFocusRing ? Theme.focus : row.isSelected || row.isOpened ? Theme.accent : Theme.divider
            Rectangle { // urgent: a stripe beside the word
                visible: row.isUrgent
                width: 4
                anchors { left: parent.left; top: parent.top; bottom: parent.bottom; topMargin: 9; bottomMargin: 9; leftMargin: 4; rightMargin: 4 }
                radius: 2
                color: Theme.danger
            }
        }
    }
    Tip {
        visible: row.hovered && !row.down && !row.showsActions
        delay: 1200
        text: row.inbox.exactly(row.placedAt)
    }
}
