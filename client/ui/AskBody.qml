import QtQuick

// The inside of Ask: the words, and the two ways out.
Column {
    id: body

    property string words
    property string action
    signal confirmed()
    signal cancelled()

    function begin() {
        cancel.forceActiveFocus(Qt.TabFocusReason)
    }

    spacing: 16

    Label {
        width: parent.width
        text: body.words
        color: Theme.muted
        wrapMode: Text.Wrap
        elide: Text.ElideNone
    }
    Flow {
        width: parent.width
        spacing: Theme.gap
        layoutDirection: Qt.RightToLeft
        PushButton {
            text: body.action
            kind: PushButton.Danger
            onClicked: body.confirmed()
        }
        PushButton {
            id: cancel
            text: qsTr("Cancel")
            onClicked: body.cancelled()
        }
    }
}
