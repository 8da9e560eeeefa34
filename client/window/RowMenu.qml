import QtQuick
import Belfry.Ui
import Belfry.Window

// The rest of what can be done with a row.
PopMenu {
    id: menu

    required property InboxView inbox
    property string meant // its id: others may come in above while the menu is open; "": what is chosen
    property bool canCopyLink: false

    signal whyWanted()
    signal copyLinkWanted()

    function row(): int { return inbox.rowMeant(meant) }
    function openFor(target: int, place: Item) {
        meant = target < 0 ? "" : inbox.idAt(target)
        openBelow(place)
    }

    PopItem { text: qsTr("Mark as read or unread"); glyph: "check"; side: "U"; onTriggered: menu.inbox.toggleRead(menu.row()) }
    PopItem { text: qsTr("Archive"); glyph: "archive"; side: "E"; onTriggered: menu.inbox.archive(menu.row()) }
    PopItem { text: qsTr("Back into the inbox"); glyph: "inbox"; side: "B"; onTriggered: menu.inbox.bringBack(menu.row()) }
    PopItem { text: qsTr("Mute the category"); glyph: "mute"; side: "M"; onTriggered: menu.inbox.mute(menu.row()) }
    PopItem { text: qsTr("Copy link"); glyph: "link"; enabled: menu.canCopyLink; onTriggered: menu.copyLinkWanted() }
    PopItem { text: qsTr("Why did I get this?"); glyph: "why"; enabled: menu.meant !== ""; onTriggered: menu.whyWanted() }
    PopItem { text: qsTr("Delete"); glyph: "trash"; side: qsTr("Del"); onTriggered: menu.inbox.remove(menu.row()) }
}
