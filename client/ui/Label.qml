import QtQuick

// Text as people read it: never markup by accident.
Text {
    property bool isStrong: false

    color: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.sizeBody
    font.weight: isStrong ? Font.DemiBold : Font.Normal
    textFormat: Text.PlainText
    renderType: Text.NativeRendering
    elide: Text.ElideRight
}
