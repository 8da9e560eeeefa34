import QtQuick

// Text as people read it: never markup by accident. It begins at the side where the window begins.
Text {
    property bool isStrong: false
    property bool isQuoted: false // what others wrote: it begins where its own script does

    color: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.sizeBody
    font.weight: isStrong ? Font.DemiBold : Font.Normal
    textFormat: Text.PlainText
    renderType: Text.NativeRendering
    elide: Text.ElideRight
    horizontalAlignment: isQuoted ? undefined : Text.AlignLeft
}
