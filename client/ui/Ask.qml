import QtQuick

// A question before something that can't be undone. Escape and Cancel leave everything as it is.
Sheet {
    id: ask

    property string words
    required property string action
    signal confirmed()

    width: parent ? Math.min(parent.width - 24, 420) : 420
    onOpened: (contentItem as AskBody).begin()

    contentItem: AskBody {
        words: ask.words
        action: ask.action
        onConfirmed: { ask.close(); ask.confirmed() }
        onCancelled: ask.close()
    }
}
