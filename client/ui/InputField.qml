import QtQuick
import QtQuick.Templates as T

// One line to write in, with its label above and what is wrong with it below.
FocusScope {
    id: field

    property string label
    property string problem
    property string hint
    property string glyph
    property real endPadding: 10 // more where something stands at its end
    property alias text: input.text
    property alias echoMode: input.echoMode
    property alias readOnly: input.readOnly
    property alias input: input
    signal accepted()

    // Qt 6.4 tells nothing of a field for passwords, not even its name: then the name is that of what is around it.
    Accessible.ignored: echoMode === TextInput.Normal
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    implicitWidth: 260
    implicitHeight: column.implicitHeight

    Column {
        id: column
        width: parent.width
        spacing: 5
        Label {
            visible: field.label !== ""
            width: parent.width
            text: field.label
            font.pixelSize: Theme.sizeSmall
            font.weight: Font.Medium
            color: Theme.muted
        }
        T.TextField {
            id: input
            width: parent.width
            height: Theme.control
            focus: true
            readonly property real startPadding: field.glyph === "" ? 10 : 34
            leftPadding: LayoutMirroring.enabled ? field.endPadding : startPadding
            rightPadding: LayoutMirroring.enabled ? startPadding : field.endPadding
            horizontalAlignment: TextInput.AlignLeft
            verticalAlignment: TextInput.AlignVCenter
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentText
            placeholderText: field.hint
            placeholderTextColor: Theme.muted
            font.family: Theme.family
            font.pixelSize: Theme.sizeBody
            renderType: Text.NativeRendering
            Accessible.name: field.label !== "" ? field.label : field.hint
            Accessible.description: field.problem
            onAccepted: field.accepted()
            background: Rectangle {
                radius: Theme.radius
                color: Theme.surface
                border.width: input.activeFocus ? 2 : Theme.borderWidth
                border.color: field.problem !== "" ? Theme.danger : input.activeFocus ? Theme.focus : Theme.border
                Icon {
                    visible: field.glyph !== ""
                    name: field.glyph
                    size: 18
                    x: LayoutMirroring.enabled ? parent.width - width - 9 : 9
                    anchors.verticalCenter: parent.verticalCenter
                }
                Label {
                    visible: input.text === "" && input.preeditText === ""
                    x: input.leftPadding
                    width: parent.width - input.leftPadding - input.rightPadding
                    anchors.verticalCenter: parent.verticalCenter
                    text: field.hint
                    color: Theme.muted
                }
            }
        }
        Label {
            visible: field.problem !== ""
            width: parent.width
            text: field.problem
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
            color: Theme.danger
            font.pixelSize: Theme.sizeSmall
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
    }
}
