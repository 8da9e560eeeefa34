import QtQuick
import QtQuick.Templates as T

T.ToolTip {
    id: tip

    delay: 500
    timeout: 6000
    margins: 6
    padding: 6
    leftPadding: 9
    rightPadding: 9
    x: parent ? (parent.width - implicitWidth) / 2 : 0
    y: parent ? parent.height + 6 : 0
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding

    contentItem: Label {
        text: tip.text
        color: Theme.isDark ? "#101216" : "#ffffff"
        font.pixelSize: Theme.sizeSmall
    }
    background: Rectangle {
        radius: 6
        color: Theme.isDark ? "#e6e9ef" : "#20242c"
        border.width: Theme.isContrast ? 2 : 0
        border.color: Theme.border
    }
}
