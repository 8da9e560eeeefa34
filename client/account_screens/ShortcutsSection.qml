import QtQuick
import Belfry.Ui
import Belfry.Account

// The keys, as the program gives them: [{keys, action}].
Section {
    id: section

    required property var shortcuts

    title: qsTr("Keyboard shortcuts")
    Repeater {
        model: section.shortcuts
        delegate: Item {
            id: row

            required property var modelData

            width: parent ? parent.width : 320
            implicitHeight: Math.max(action.implicitHeight, 22) + 4
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.action + ", " + modelData.keys

            Label {
                id: action
                anchors { left: parent.left; right: keys.left; rightMargin: Theme.gap; verticalCenter: parent.verticalCenter }
                text: row.modelData.action
                wrapMode: Text.Wrap
                elide: Text.ElideNone
            }
            Label {
                id: keys
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                text: row.modelData.keys
                color: Theme.muted
                font.family: "monospace"
                font.pixelSize: Theme.sizeSmall
            }
        }
    }
}
