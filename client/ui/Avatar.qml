import QtQuick

// The first letter of an app, on the colour of its name.
Rectangle {
    id: avatar

    property string name
    property int size: 36

    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: Theme.isContrast ? "#000000" : Theme.hueOf(name)
    border.width: Theme.isContrast ? 2 : 0
    border.color: Theme.border
    Accessible.ignored: true
    Label {
        anchors.centerIn: parent
        text: avatar.name === "" ? "•" : Array.from(avatar.name)[0].toLocaleUpperCase()
        color: "#ffffff"
        font.pixelSize: Math.round(avatar.size * 0.42)
        font.weight: Font.DemiBold
    }
}
