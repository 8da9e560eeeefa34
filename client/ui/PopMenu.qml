import QtQuick
import QtQuick.Templates as T

// A menu of PopItems.
T.Menu {
    id: menu

    margins: 8
    padding: 5
    overlap: 0
    // Below it, and beginning where it begins.
    function openBelow(place: Item) {
        popup(place, place && place.LayoutMirroring.enabled ? place.width - width : 0, place ? place.height : 0)
    }

    implicitWidth: Math.max(200, contentItem.implicitWidth + leftPadding + rightPadding)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    delegate: PopItem { }

    contentItem: ListView {
        implicitHeight: contentHeight
        implicitWidth: {
            let widest = 190
            for (let i = 0; i < menu.count; ++i)
                widest = Math.max(widest, menu.itemAt(i).implicitWidth)
            return widest
        }
        model: menu.contentModel
        interactive: false
        currentIndex: menu.currentIndex
        clip: true
    }
    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.width: Theme.borderWidth
        border.color: Theme.border
        Shade { }
    }
    // No fading: as long as it lasts, keys go to what is below (coming) or to nobody (going).
}
