import QtQuick
import QtQuick.Shapes

// One of Glyphs, as strokes of one colour. Decoration: what it stands for is said by what it is in.
Item {
    id: icon

    property string name
    property color color: Theme.muted
    property int size: 20
    property real weight: 1.8

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    // Made anew in each window: the software renderer of Qt 6.4 takes the new node of a shape that comes back, as a menu's do,
    // for the old one when both stand at the same place in memory, and reads what is not there.
    Loader {
        anchors.centerIn: parent
        active: icon.Window.window !== null
        sourceComponent: Shape {
            width: 24
            height: 24
            transform: Scale {
                origin { x: 12; y: 12 }
                xScale: icon.LayoutMirroring.enabled && Glyphs.directed.includes(icon.name) ? -yScale : yScale
                yScale: icon.size / 24
            }
            ShapePath {
                strokeColor: icon.color
                strokeWidth: icon.weight
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap
                joinStyle: ShapePath.RoundJoin
                PathSvg { path: Glyphs.paths[icon.name] ?? "" }
            }
        }
    }
}
