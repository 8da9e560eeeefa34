import QtQuick
import Belfry.Ui
import Belfry.Window

// The search (C3): words and `is: app: cat: from:`; chips write the most used of them. What is often looked for is saved.
FocusScope {
    id: bar

    required property InboxView inbox
    readonly property bool isOpen: activeFocus || inbox.search !== "" || list.isBusy

    signal listWanted()

    function focusField() {
        field.input.forceActiveFocus(Qt.ShortcutFocusReason)
        field.input.selectAll()
    }
    function clear() {
        field.text = ""
        listWanted()
    }
    function lookFor(query: string) {
        field.text = query
        pause.stop()
        inbox.searchEverywhere()
    }
    function has(word: string): bool {
        return field.text.split(/\s+/).includes(word)
    }
    function toggle(word: string) {
        const words = field.text.split(/\s+/).filter(one => one !== "")
        field.text = (words.includes(word) ? words.filter(one => one !== word) : [word].concat(words)).join(" ")
    }

    implicitHeight: column.implicitHeight
    Keys.onEscapePressed: bar.clear()

    Column {
        id: column
        width: parent.width
        spacing: 8
        InputField {
            id: field
            width: parent.width
            glyph: "search"
            endPadding: clearing.visible ? Theme.control : 10
            hint: qsTr("Search (Ctrl+F)")
            onTextChanged: {
                bar.inbox.search = text
                pause.restart()
            }
            onAccepted: {
                pause.stop()
                bar.inbox.searchEverywhere()
                bar.listWanted()
            }
            Keys.onDownPressed: bar.listWanted()
            GlyphButton {
                id: clearing
                visible: field.text !== ""
                anchors { right: parent.right; top: parent.top }
                glyph: "close"
                name: qsTr("Clear the search")
                onClicked: bar.clear()
            }
            Timer { // somebody who stops typing wants to know it all
                id: pause
                interval: 400
                onTriggered: bar.inbox.searchEverywhere()
            }
        }
        Flow {
            width: parent.width
            visible: bar.isOpen
            spacing: 6
            Repeater {
                model: [
                    { word: "is:unread", text: qsTr("Unread") },
                    { word: "is:critical", text: qsTr("Urgent") },
                    { word: "is:archived", text: qsTr("Archived") },
                    { word: "is:snoozed", text: qsTr("Snoozed") },
                    { word: "from:7d", text: qsTr("Last 7 days") }
                ]
                Chip {
                    required property var modelData
                    text: modelData.text
                    checked: bar.inbox.search === field.text && bar.has(modelData.word)
                    onClicked: bar.toggle(modelData.word)
                }
            }
        }
        SavedSearchList {
            id: list
            width: parent.width
            visible: bar.isOpen && (saved.count > 0 || canSave)
            inbox: bar.inbox
            query: field.text
            onChosen: query => bar.lookFor(query)
            onLeftAlone: {
                if (!bar.activeFocus || bar.Window.activeFocusItem === bar)
                    field.input.forceActiveFocus()
            }
        }
        Label {
            visible: text !== ""
            width: parent.width
            text: bar.inbox.searchProblem
            color: Theme.danger
            font.pixelSize: Theme.sizeSmall
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
    }
}
