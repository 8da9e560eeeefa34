import QtQuick
import Belfry.Ui
import Belfry.Account

// A setting of several: its words, and a list to choose from beside them, or below where it is narrow.
Item {
    id: pick

    required property string text
    property string detail
    property alias model: choice.model
    property alias currentIndex: choice.currentIndex
    signal picked(int index)

    readonly property bool isNarrow: width < 420

    width: parent ? parent.width : 360
    implicitHeight: isNarrow ? words.implicitHeight + 6 + choice.height + 8
                             : Math.max(words.implicitHeight, choice.height) + 8

    Words {
        id: words
        anchors { left: parent.left; top: parent.top; topMargin: pick.isNarrow ? 4 : (pick.height - implicitHeight) / 2 }
        width: pick.isNarrow ? parent.width : parent.width - choice.width - Theme.pad
        text: pick.text
        detail: pick.detail
    }
    Choice {
        id: choice
        objectName: "choice"
        name: pick.text
        anchors { right: parent.right; bottom: parent.bottom; bottomMargin: 4 }
        width: pick.isNarrow ? parent.width : 240
        onActivated: index => pick.picked(index)
    }
}
