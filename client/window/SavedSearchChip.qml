import QtQuick
import Belfry.Ui

// One saved search: looks for it again, and what else can be done with it.
Item {
    id: saved

    required property int index
    required property string name
    required property string query
    property bool isCurrent: false
    readonly property bool hasKeyboard: chip.activeFocus || more.activeFocus

    signal chosen()
    signal menuWanted(Item place)
    signal renameWanted()
    signal removeWanted()

    implicitWidth: chip.width + more.width
    implicitHeight: chip.implicitHeight
    Keys.onPressed: event => {
        event.accepted = true
        switch (event.key) {
        case Qt.Key_F2: return saved.renameWanted()
        case Qt.Key_Delete: return saved.removeWanted()
        case Qt.Key_Menu: return saved.menuWanted(more)
        }
        event.accepted = false
    }

    Chip {
        id: chip
        anchors { left: parent.left; verticalCenter: parent.verticalCenter }
        width: Math.min(implicitWidth, 220)
        text: saved.name
        checked: saved.isCurrent
        Accessible.name: qsTr("Saved search %1").arg(saved.name)
        Accessible.description: saved.query
        onClicked: saved.chosen()
        Keys.onReturnPressed: saved.chosen()
        Keys.onEnterPressed: saved.chosen()
        Tip { visible: chip.hovered || chip.visualFocus; text: saved.query }
    }
    GlyphButton {
        id: more
        anchors { right: parent.right; verticalCenter: parent.verticalCenter }
        implicitWidth: 26
        implicitHeight: 28
        glyph: "more"
        name: qsTr("More for %1").arg(saved.name)
        onClicked: saved.menuWanted(more)
    }
}
