import QtQuick
import QtQml
import Belfry.Ui
import Belfry.Window

// Until when (C5).
PopMenu {
    id: menu

    required property InboxView inbox
    property string meant // its id: others may come in above while the menu is open; "": what is chosen

    signal chosen(date until)
    signal customWanted()

    function row(): int { return inbox.rowMeant(meant) }
    function openFor(target: int, place: Item) {
        meant = target < 0 ? "" : inbox.idAt(target)
        choices.model = inbox.snoozeChoices()
        openBelow(place)
        currentIndex = 0
    }

    Instantiator {
        id: choices
        model: []
        delegate: PopItem {
            required property var modelData
            text: modelData.text
            side: modelData.when
            glyph: "clock"
            onTriggered: menu.chosen(modelData.until)
        }
        onObjectAdded: (index, object) => menu.insertItem(index, object)
        onObjectRemoved: (index, object) => menu.removeItem(object)
    }
    PopItem {
        text: qsTr("Choose day and time …")
        glyph: "sliders"
        onTriggered: menu.customWanted()
    }
}
