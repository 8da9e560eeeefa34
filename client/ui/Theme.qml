pragma Singleton
import QtQuick

// The tokens that everything is drawn with: one look in light, dark and high contrast. All pairs of a text and what it
// stands on have a contrast of 4.5 at least (tests/gui checks).
QtObject {
    id: theme

    enum Scheme { Light, Dark, HighContrast }

    property int scheme: Theme.Light
    property bool isCompact: false // density of lists
    property bool reducedMotion: false

    readonly property bool isDark: scheme !== Theme.Light
    readonly property bool isContrast: scheme === Theme.HighContrast

    function pick(light: color, dark: color, contrast: color): color {
        return scheme === Theme.Light ? light : scheme === Theme.Dark ? dark : contrast
    }

    // Planes, from the back to the front.
    readonly property color window: pick("#f6f7f9", "#15171b", "#000000")
    readonly property color rail: pick("#eef0f4", "#101216", "#000000")
    readonly property color surface: pick("#ffffff", "#1d2026", "#000000")
    readonly property color raised: pick("#ffffff", "#262a31", "#0d0d0d")
    readonly property color sunken: pick("#eceff3", "#121418", "#000000")
    readonly property color hover: pick("#f0f3f8", "#252931", "#1f1f1f")
    readonly property color pressed: pick("#e3e8f0", "#2e333c", "#333333")
    readonly property color selected: pick("#e4ecfd", "#22314f", "#003a5c")
    readonly property color border: pick("#dde1e8", "#31363f", "#ffffff")
    readonly property color divider: pick("#e9ecf1", "#282c34", "#808080")

    // What is read on them.
    readonly property color text: pick("#171a21", "#eceef2", "#ffffff")
    readonly property color muted: pick("#566072", "#a3abb9", "#e6e6e6")
    readonly property color disabled: pick("#8a92a1", "#6d7584", "#b0b0b0")

    // What asks for something.
    readonly property color accent: pick("#1f5fd6", "#7fabff", "#58c7ff")
    readonly property color accentHover: pick("#1a52ba", "#95b9ff", "#8ad8ff")
    readonly property color accentText: pick("#ffffff", "#0a1833", "#000000")
    readonly property color danger: pick("#b3261e", "#ff8f86", "#ff9b93")
    readonly property color dangerSoft: pick("#fdeceb", "#3a1f1e", "#000000")
    readonly property color warning: pick("#8a5300", "#f2b860", "#ffd24d")
    readonly property color warningSoft: pick("#fff4df", "#33291a", "#000000")
    readonly property color success: pick("#1a7340", "#67cf8f", "#7dff9f")
    readonly property color mark: pick("#ffe7a3", "#5a4a14", "#ffff00") // behind what a search found
    readonly property color markText: pick("#171a21", "#fff3cf", "#000000")
    readonly property color focus: pick("#1f5fd6", "#9cc0ff", "#ffff00")
    readonly property color shadow: pick("#0814202e", "#1f000000", "#00000000") // of one round of Shade

    // Avatars: white or black on each of these, by the name of the app.
    readonly property list<color> hues: [
        "#c2410c", "#b45309", "#4d7c0f", "#15803d", "#0f766e", "#0e7490",
        "#0369a1", "#1d4ed8", "#4338ca", "#6d28d9", "#a21caf", "#be185d"
    ]
    function hueOf(name: string): color {
        let hash = 7
        for (let i = 0; i < name.length; ++i)
            hash = (hash * 31 + name.charCodeAt(i)) & 0x7fffffff
        return hues[hash % hues.length]
    }

    // Type and measures, in device-independent pixels.
    readonly property string family: "Inter"
    readonly property int sizeSmall: 12
    readonly property int sizeBody: 14
    readonly property int sizeTitle: 15
    readonly property int sizeHeading: 20
    readonly property int gap: 8
    readonly property int pad: 12
    readonly property int radius: 8
    readonly property int control: 34
    readonly property int borderWidth: isContrast ? 2 : 1
    readonly property int fast: reducedMotion ? 0 : 120
    readonly property int slow: reducedMotion ? 0 : 220
}
