import QtQuick
import QtQuick.Templates as T
import Belfry.Ui
import Belfry.Window

// One notification in full (C4).
FocusScope {
    id: pane

    required property DetailView detail
    required property InboxView inbox
    property bool isAlone: false // covers the list
    property bool hasPrevious: false
    property bool hasNext: false

    signal closed()
    signal previousWanted()
    signal nextWanted()
    signal snoozeWanted(Item place)
    signal menuWanted(Item place)
    signal opened(string id)

    Binding { target: pane.detail; property: "searched"; value: pane.inbox.words }
    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    Item {
        id: tools
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: 8 }
        height: 38
        Row {
            anchors { left: parent.left; verticalCenter: parent.verticalCenter }
            GlyphButton {
                glyph: pane.isAlone ? "chevronLeft" : "close"
                name: pane.isAlone ? qsTr("Back to the list") : qsTr("Close")
                shortcutText: qsTr("Esc")
                onClicked: pane.closed()
            }
            GlyphButton { glyph: "chevronUp"; name: qsTr("Previous"); shortcutText: "K"; enabled: pane.hasPrevious; onClicked: pane.previousWanted() }
            GlyphButton { glyph: "chevronDown"; name: qsTr("Next"); shortcutText: "J"; enabled: pane.hasNext; onClicked: pane.nextWanted() }
        }
        Row {
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            GlyphButton {
                glyph: pane.detail.isUnread ? "check" : "unread"
                name: pane.detail.isUnread ? qsTr("Mark as read") : qsTr("Mark as unread")
                shortcutText: "U"
                onClicked: pane.detail.toggleRead()
            }
            GlyphButton {
                id: snoozing
                visible: !pane.detail.isSnoozed
                glyph: "clock"
                name: qsTr("Snooze")
                shortcutText: "H"
                onClicked: pane.snoozeWanted(snoozing)
            }
            GlyphButton {
                visible: pane.detail.isArchived || pane.detail.isSnoozed
                glyph: "inbox"
                name: pane.detail.isSnoozed && !pane.detail.isArchived ? qsTr("Unsnooze") : qsTr("Move to the inbox")
                shortcutText: "B"
                onClicked: pane.detail.bringBack()
            }
            GlyphButton {
                visible: !pane.detail.isArchived
                glyph: "archive"
                name: qsTr("Archive")
                shortcutText: "E"
                onClicked: pane.detail.archive()
            }
            GlyphButton {
                id: more
                glyph: "more"
                name: qsTr("More")
                onClicked: pane.menuWanted(more)
            }
        }
    }
    Rectangle {
        anchors { left: parent.left; right: parent.right; top: tools.bottom; topMargin: 8 }
        height: 1
        color: Theme.divider
    }

    Flickable {
        id: flick
        anchors { left: parent.left; right: parent.right; top: tools.bottom; bottom: parent.bottom; topMargin: 9 }
        contentWidth: width
        contentHeight: content.implicitHeight + 48
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: Scroller { }

        Column {
            id: content
            x: LayoutMirroring.enabled ? flick.width - width - 24 : 24
            y: 20
            width: Math.min(flick.width - 48, 720)
            spacing: 14

            Item {
                width: parent.width
                height: Math.max(44, who.implicitHeight)
                Avatar {
                    id: avatar
                    name: pane.detail.source
                    size: 44
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.left: parent.left
                }
                Column {
                    id: who
                    anchors { left: avatar.right; leftMargin: 12; right: parent.right; verticalCenter: parent.verticalCenter }
                    spacing: 2
                    Row {
                        width: parent.width
                        spacing: 8
                        Label {
                            width: Math.min(implicitWidth, parent.width - (urgent.visible ? urgent.width + parent.spacing : 0))
                            text: pane.detail.source === "" ? qsTr("Notification") : pane.detail.source
                            font.weight: Font.Medium
                        }
                        UrgentMark { id: urgent; visible: pane.detail.isUrgent; anchors.verticalCenter: parent.verticalCenter }
                    }
                    Label {
                        visible: text !== ""
                        width: parent.width
                        text: pane.detail.category
                        color: Theme.muted
                        font.pixelSize: Theme.sizeSmall
                    }
                }
            }
            TextEdit {
                width: parent.width
                text: pane.detail.isOpen ? pane.detail.titleHtml(Theme.markText, Theme.mark) : ""
                textFormat: TextEdit.RichText
                readOnly: true
                selectByMouse: true
                activeFocusOnPress: true
                wrapMode: TextEdit.Wrap
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.family: Theme.family
                font.pixelSize: Theme.sizeHeading
                font.weight: Font.DemiBold
                renderType: Text.NativeRendering
                Accessible.role: Accessible.Heading
                Accessible.name: pane.detail.title
            }
            ProgressLine {
                visible: pane.detail.progress >= 0
                width: parent.width
                value: pane.detail.progress
            }
            TextEdit {
                id: body
                visible: text !== ""
                width: parent.width
                text: pane.detail.isOpen ? pane.detail.html(Theme.accent, Theme.sunken, Theme.markText, Theme.mark) : ""
                textFormat: TextEdit.RichText
                readOnly: true
                selectByMouse: true
                wrapMode: TextEdit.Wrap
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.family: Theme.family
                font.pixelSize: Theme.sizeTitle
                renderType: Text.NativeRendering
                Accessible.role: Accessible.StaticText
                Accessible.name: pane.detail.plainMessage
                onLinkActivated: link => pane.detail.openLink(link)
                HoverHandler { cursorShape: body.hoveredLink === "" ? Qt.IBeamCursor : Qt.PointingHandCursor }
                Tip { visible: body.hoveredLink !== ""; text: body.hoveredLink }
            }
            Flow {
                width: parent.width
                spacing: 8
                visible: pane.detail.needsAck || pane.detail.link !== "" || buttons.count > 0
                PushButton {
                    visible: pane.detail.needsAck
                    kind: PushButton.Primary
                    glyph: "check"
                    text: qsTr("Acknowledge")
                    onClicked: pane.detail.acknowledge()
                }
                Repeater {
                    id: buttons
                    model: pane.detail.actions
                    PushButton {
                        required property var modelData
                        text: modelData.title
                        onClicked: pane.detail.perform(modelData.id)
                    }
                }
                PushButton {
                    visible: pane.detail.link !== ""
                    glyph: "link"
                    text: qsTr("Open link")
                    onClicked: pane.detail.openLink(pane.detail.link)
                }
            }
            Label {
                visible: pane.detail.isPending
                width: parent.width
                text: qsTr("Your last change waits for the server")
                color: Theme.warning
                font.pixelSize: Theme.sizeSmall
            }
            Column {
                visible: thread.count > 0
                width: parent.width
                spacing: 4
                Label {
                    width: parent.width
                    text: qsTr("In the same thread")
                    isStrong: true
                    color: Theme.muted
                    font.pixelSize: Theme.sizeSmall
                    topPadding: 6
                }
                Repeater {
                    id: thread
                    model: pane.detail.thread
                    ThreadRow {
                        required property var modelData
                        width: parent.width
                        title: modelData.title
                        when: modelData.when
                        unread: modelData.unread
                        onClicked: pane.opened(modelData.notificationId)
                    }
                }
            }
            Rectangle { width: parent.width; height: 1; color: Theme.divider }
            Grid {
                id: facts
                width: parent.width
                columns: 2
                columnSpacing: 18
                rowSpacing: 6
                Repeater {
                    model: pane.detail.facts.length * 2
                    Label {
                        required property int index
                        readonly property var fact: pane.detail.facts[Math.floor(index / 2)]
                        width: index % 2 === 0 ? implicitWidth : Math.min(implicitWidth, facts.width - 104)
                        text: fact === undefined ? "" : index % 2 === 0 ? fact.name : fact.value
                        color: index % 2 === 0 ? Theme.muted : Theme.text
                        font.pixelSize: Theme.sizeSmall
                        wrapMode: index % 2 === 0 ? Text.NoWrap : Text.Wrap
                        elide: index % 2 === 0 ? Text.ElideRight : Text.ElideNone
                    }
                }
            }
        }
    }
}
