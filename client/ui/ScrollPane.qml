import QtQuick
import QtQuick.Templates as T

// A page that is higher than its window: its content scrolls, and what gets the keyboard comes into view.
Flickable {
    id: pane

    default property alias content: column.data
    property alias spacing: column.spacing
    property real widest: 640
    property real margin: width < 480 ? Theme.pad : 24

    contentWidth: width
    contentHeight: column.implicitHeight + 2 * margin
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    T.ScrollBar.vertical: Scroller { policy: pane.contentHeight > pane.height ? T.ScrollBar.AsNeeded : T.ScrollBar.AlwaysOff }

    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: {
        if (!focused || !isInside(focused))
            return
        const top = focused.mapToItem(contentItem, 0, 0).y
        const bottom = top + focused.height
        if (top - 12 < contentY)
            contentY = Math.max(0, top - 12)
        else if (bottom + 12 > contentY + height)
            contentY = Math.min(Math.max(0, contentHeight - height), bottom + 12 - height)
    }
    function isInside(item: Item): bool {
        for (let up = item; up; up = up.parent) {
            if (up === column)
                return true
        }
        return false
    }

    Keys.onPressed: event => {
        const page = height - 40
        const last = Math.max(0, contentHeight - height)
        if (event.key === Qt.Key_PageDown)
            contentY = Math.min(last, contentY + page)
        else if (event.key === Qt.Key_PageUp)
            contentY = Math.max(0, contentY - page)
        else
            return
        event.accepted = true
    }

    Column {
        id: column
        x: Math.max(pane.margin, (pane.width - width) / 2)
        y: pane.margin
        width: Math.min(pane.width - 2 * pane.margin, pane.widest)
        spacing: Theme.pad
    }
}
