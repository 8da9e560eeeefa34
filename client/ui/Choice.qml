import QtQuick
import QtQuick.Templates as T

// One of a few, in a list that opens below.
T.ComboBox {
    id: choice

    required property string name

    implicitWidth: 200
    implicitHeight: Theme.control
    leftPadding: mirrored ? 30 : 10
    rightPadding: mirrored ? 10 : 30
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    wheelEnabled: false // a page that is scrolled changes nothing
    Accessible.role: Accessible.ComboBox
    Accessible.name: name
    Accessible.description: displayText
    Accessible.onPressAction: popup.open()

    contentItem: Label {
        text: choice.displayText
        color: choice.enabled ? Theme.text : Theme.disabled
        verticalAlignment: Text.AlignVCenter
    }
    indicator: Icon {
        x: choice.mirrored ? 8 : choice.width - width - 8
        anchors.verticalCenter: parent.verticalCenter
        name: "chevronDown"
        size: 16
    }
    background: Rectangle {
        radius: Theme.radius
        color: choice.down ? Theme.pressed : choice.hovered ? Theme.hover : Theme.surface
        border.width: Theme.borderWidth
        border.color: Theme.border
        FocusRing { target: choice }
    }
    delegate: T.ItemDelegate {
        id: entry

        required property int index
        required property var modelData

        width: ListView.view ? ListView.view.width : choice.width
        implicitHeight: Theme.control
        leftPadding: 10
        rightPadding: 10
        text: modelData
        hoverEnabled: true
        highlighted: choice.highlightedIndex === index
        Accessible.role: Accessible.ListItem
        Accessible.name: text
        Accessible.selected: choice.currentIndex === index
        Accessible.onPressAction: clicked()
        contentItem: Item {
            Label {
                anchors { left: parent.left; right: parent.right; rightMargin: 20; verticalCenter: parent.verticalCenter }
                text: entry.text
            }
            Icon {
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                visible: choice.currentIndex === entry.index
                name: "check"
                size: 16
                color: Theme.accent
            }
        }
        background: Rectangle {
            radius: Theme.radius - 2
            color: entry.highlighted ? Theme.selected : "transparent"
        }
    }
    popup: T.Popup {
        y: choice.height + 4
        width: choice.width
        implicitHeight: Math.min(contentItem.implicitHeight + 8, 320)
        margins: 8
        padding: 4
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: choice.delegateModel
            currentIndex: choice.highlightedIndex
            highlightMoveDuration: 0
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: choice.name
        }
        background: Rectangle {
            radius: Theme.radius
            color: Theme.raised
            border.width: Theme.borderWidth
            border.color: Theme.border
            Shade { }
        }
    }
}
