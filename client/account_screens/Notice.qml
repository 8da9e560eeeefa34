import QtQuick
import Belfry.Ui
import Belfry.Account

// A few words in a frame: something to know, or something wrong. Read out when they change.
Rectangle {
    id: notice

    enum Kind { Info, Warning, Problem, Good }

    property int kind: Notice.Info
    property string text
    default property alias actions: row.data

    readonly property color ink: kind === Notice.Problem ? Theme.danger : kind === Notice.Warning ? Theme.warning
                                 : kind === Notice.Good ? Theme.success : Theme.muted

    width: parent ? parent.width : 320
    implicitHeight: content.implicitHeight + 2 * Theme.pad
    radius: Theme.radius
    color: kind === Notice.Problem ? Theme.dangerSoft : kind === Notice.Warning ? Theme.warningSoft : Theme.sunken
    border.width: Theme.isContrast ? 2 : 0
    border.color: ink
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Column {
        id: content
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.pad }
        spacing: Theme.gap
        Item {
            width: parent.width
            implicitHeight: Math.max(glyph.height, words.implicitHeight)
            Icon {
                id: glyph
                anchors { left: parent.left; top: parent.top }
                name: notice.kind === Notice.Good ? "check" : notice.kind === Notice.Info ? "why" : "warning"
                color: notice.ink
                size: 18
            }
            Label {
                id: words
                anchors { left: glyph.right; leftMargin: Theme.gap; right: parent.right }
                text: notice.text
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                lineHeight: 1.1
            }
        }
        Flow {
            id: row
            width: parent.width
            spacing: Theme.gap
            visible: children.length > 0
        }
    }
}
