import QtQml

// The keys of the window, as the cheat sheet and the settings list them.
QtObject {
    readonly property var keys: [
        { keys: qsTr("J, K, ↓, ↑"), action: qsTr("Next, previous") },
        { keys: qsTr("Enter"), action: qsTr("Open") },
        { keys: qsTr("E"), action: qsTr("Archive") },
        { keys: qsTr("U"), action: qsTr("Read or unread") },
        { keys: qsTr("H"), action: qsTr("Snooze") },
        { keys: qsTr("M"), action: qsTr("Mute the category") },
        { keys: qsTr("B"), action: qsTr("Back into the inbox") },
        { keys: qsTr("Del"), action: qsTr("Delete") },
        { keys: qsTr("→, ←"), action: qsTr("Open, fold a stack") },
        { keys: qsTr("X"), action: qsTr("Select") },
        { keys: qsTr("Shift+↓, ↑"), action: qsTr("Select a range") },
        { keys: qsTr("Ctrl+A"), action: qsTr("Select all") },
        { keys: qsTr("Ctrl+Z"), action: qsTr("Undo, many levels") },
        { keys: qsTr("Ctrl+F, /"), action: qsTr("Search") },
        { keys: qsTr("Ctrl+R"), action: qsTr("Connect now") },
        { keys: qsTr("Ctrl+1 … 6"), action: qsTr("Go to") },
        { keys: qsTr("Ctrl+,"), action: qsTr("Settings") },
        { keys: qsTr("Esc"), action: qsTr("Close, select nothing") }
    ]
}
