import QtQuick
import QtQuick.Templates as T
import Belfry.Ui
import Belfry.Window

// The saved searches, and what saves the one that is written: a few lines at most, the rest is scrolled.
Flickable {
    id: list

    required property InboxView inbox
    required property string query
    readonly property string plain: query.trim().replace(/\s+/g, " ")
    readonly property bool isBusy: menu.visible || sheet.visible
    readonly property SavedSearches saved: inbox.saved
    readonly property bool canSave: saved.count >= 0 && saved.canSave(plain)

    signal chosen(string query)
    signal leftAlone() // what had the keyboard may have gone

    function remove(row: int) {
        saved.remove(row)
        leftAlone()
    }

    implicitHeight: Math.min(flow.implicitHeight, 100)
    contentWidth: width
    contentHeight: flow.implicitHeight
    interactive: contentHeight > height
    clip: interactive
    boundsBehavior: Flickable.StopAtBounds
    T.ScrollBar.vertical: Scroller { }

    Flow {
        id: flow
        width: list.width - 8
        spacing: 6
        Repeater {
            model: list.saved
            SavedSearchChip {
                id: chip
                isCurrent: chip.query === list.plain
                onChosen: list.chosen(chip.isCurrent ? "" : chip.query)
                onRenameWanted: sheet.openFor(chip.index, chip.name, chip.query)
                onRemoveWanted: list.remove(chip.index)
                onMenuWanted: place => menu.openFor(chip, place)
                onHasKeyboardChanged: {
                    if (chip.hasKeyboard) // in sight
                        list.contentY = Math.max(0, Math.min(Math.max(list.contentY, chip.y + chip.height - list.height), chip.y))
                }
            }
        }
        PushButton {
            visible: list.canSave
            implicitHeight: 28
            kind: PushButton.Quiet
            glyph: "bookmark"
            text: qsTr("Save this search")
            onClicked: sheet.openFor(-1, list.plain, list.plain)
        }
    }

    PopMenu {
        id: menu
        property SavedSearchChip chip
        function openFor(one: SavedSearchChip, place: Item) {
            chip = one
            popup(place, 0, place.height)
            currentIndex = 0
        }
        PopItem { text: qsTr("Rename …"); glyph: "bookmark"; side: qsTr("F2"); onTriggered: menu.chip.renameWanted() }
        PopItem { text: qsTr("Remove"); glyph: "trash"; side: qsTr("Del"); onTriggered: menu.chip.removeWanted() }
    }
    SavedSearchSheet {
        id: sheet
        saved: list.saved
        onClosed: list.leftAlone()
    }
}
