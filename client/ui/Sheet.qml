import QtQuick
import QtQuick.Templates as T

// A dialog in the middle of its window. Escape closes it, focus stays in it.
T.Dialog {
    id: sheet

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((parent.height - height) / 2) : 0
    width: parent ? Math.min(parent.width - 24, 460) : 460
    height: parent ? Math.min(parent.height - 24, implicitHeight) : implicitHeight
    implicitHeight: header.implicitHeight + contentItem.implicitHeight + (footer ? footer.implicitHeight : 0) + topPadding + bottomPadding
    padding: 20
    topPadding: 8
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    header: Item {
        implicitHeight: 52
        Label {
            anchors { left: parent.left; leftMargin: 20; right: closing.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
            text: sheet.title
            isStrong: true
            font.pixelSize: Theme.sizeHeading - 2
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        GlyphButton {
            id: closing
            anchors { right: parent.right; rightMargin: 10; verticalCenter: parent.verticalCenter }
            glyph: "close"
            name: qsTr("Close")
            onClicked: sheet.close()
        }
    }
    background: Rectangle {
        radius: Theme.radius + 4
        color: Theme.raised
        border.width: Theme.borderWidth
        border.color: Theme.border
        Accessible.role: Accessible.Dialog
        Accessible.name: sheet.title
    }
    T.Overlay.modal: Rectangle { color: Theme.isDark ? "#a0000000" : "#59101828" }
    // No fading: as long as it lasts, keys go to what is below (coming) or to nobody (going).
}
