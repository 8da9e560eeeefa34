import QtQuick

// Text that stands for itself, on as many lines as it takes; those who listen hear it, too.
Label {
    width: parent ? parent.width : implicitWidth
    wrapMode: Text.Wrap
    elide: Text.ElideNone
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
