import QtQuick
import Belfry.Ui
import Belfry.Window

// The name of a saved search: of a new one, or another one.
Sheet {
    id: sheet

    required property SavedSearches saved
    property int row: -1 // −1: a new one
    property string query
    readonly property string problem: opened ? saved.problemOf(name.text, row) : ""

    function openFor(which: int, called: string, lookedFor: string) {
        row = which
        query = lookedFor
        name.text = called
        open()
        name.input.forceActiveFocus()
        name.input.selectAll()
    }
    function take() {
        if (saved.problemOf(name.text, row) !== "")
            return
        close()
        if (row < 0)
            saved.save(name.text, query)
        else
            saved.rename(row, name.text)
    }

    title: row < 0 ? qsTr("Save this search") : qsTr("Rename the saved search")
    width: parent ? Math.min(parent.width - 24, 400) : 400
    contentItem: Column {
        spacing: 14
        Paragraph {
            text: sheet.query
            color: Theme.muted
        }
        InputField {
            id: name
            width: parent.width
            label: qsTr("Name")
            input.maximumLength: 60
            problem: sheet.problem
            onAccepted: sheet.take()
        }
        Row {
            spacing: 8
            anchors.right: parent.right
            PushButton { text: qsTr("Cancel"); kind: PushButton.Quiet; onClicked: sheet.close() }
            PushButton {
                text: sheet.row < 0 ? qsTr("Save") : qsTr("Rename")
                kind: PushButton.Primary
                enabled: sheet.problem === ""
                onClicked: sheet.take()
            }
        }
    }
}
