pragma Singleton
import QtQml

// Outlines of 24 × 24, drawn by Icon as strokes.
QtObject {
    // They point to where one goes on, or came from: the other way where one reads from right to left.
    readonly property var directed: ["chevronLeft", "chevronRight"]
    readonly property var paths: ({
        inbox: "M4 13 L6.5 5 H17.5 L20 13 V19 H4 Z M4 13 H9 A3 3 0 0 0 15 13 H20",
        unread: "M4 6 H20 V18 H4 Z M4 7 L12 13 L20 7",
        clock: "M12 4 A8 8 0 1 0 12.01 4 M12 8 V12 L15 14",
        archive: "M4 5 H20 V9 H4 Z M5.5 9 V19 H18.5 V9 M10 13 H14",
        activity: "M4 13 H8 L10.5 6 L14 18 L16 13 H20",
        sliders: "M5 7 H13 M17 7 H19 M5 12 H7 M11 12 H19 M5 17 H14 M18 17 H19 M15 5 V9 M9 10 V14 M16 15 V19",
        settings: "M12 9 A3 3 0 1 0 12.01 9 M12 3 V5.5 M12 18.5 V21 M3 12 H5.5 M18.5 12 H21 M5.6 5.6 L7.4 7.4 M16.6 16.6 L18.4 18.4 M18.4 5.6 L16.6 7.4 M7.4 16.6 L5.6 18.4",
        search: "M10.5 4.5 A6 6 0 1 0 10.51 4.5 M15 15 L20 20",
        check: "M5 12.5 L10 17.5 L19 7",
        checks: "M2.5 12.5 L7 17 L15 8 M11 16 L12 17 L20.5 8",
        close: "M6 6 L18 18 M18 6 L6 18",
        more: "M5.5 12 A0.5 0.5 0 1 0 5.51 12 M12 12 A0.5 0.5 0 1 0 12.01 12 M18.5 12 A0.5 0.5 0 1 0 18.51 12",
        mute: "M6 16 V11 A6 6 0 0 1 16 7 M18 11 V16 H8 M10 19 H14 M4 4 L20 20",
        trash: "M5 7 H19 M9 7 V5 H15 V7 M7 7 L8 19 H16 L17 7",
        undo: "M9 6 L5 10 L9 14 M5 10 H14 A5 5 0 0 1 14 19 H10",
        link: "M10 14 A3.5 3.5 0 0 1 10 9 L12 7 A3.5 3.5 0 0 1 17 12 L16 13 M14 10 A3.5 3.5 0 0 1 14 15 L12 17 A3.5 3.5 0 0 1 7 12 L8 11",
        why: "M12 3.5 A8.5 8.5 0 1 0 12.01 3.5 M9.5 10 A2.5 2.5 0 1 1 12.6 12.4 Q12 12.6 12 14 M12 16.9 V17.1",
        pause: "M9 6 V18 M15 6 V18",
        chevronRight: "M10 6 L16 12 L10 18",
        chevronUp: "M6 14 L12 8 L18 14",
        chevronDown: "M6 10 L12 16 L18 10",
        chevronLeft: "M14 6 L8 12 L14 18",
        refresh: "M19 12 A7 7 0 1 1 16.5 6.6 M17 3 V7 H13",
        offline: "M4 4 L20 20 M8 13 A6 6 0 0 1 11 11.2 M5 10 A10 10 0 0 1 9 7.4 M13.5 7.1 A10 10 0 0 1 19 10 M12 16.9 V17.1",
        warning: "M12 4 L21 19 H3 Z M12 10 V14 M12 16.4 V16.6",
        copy: "M9 9 H19 V20 H9 Z M15 9 V5 H5 V16 H9",
        bookmark: "M7 4 H17 V20 L12 15.5 L7 20 Z",
        bell: "M6 16 V11 A6 6 0 0 1 18 11 V16 L19.5 18 H4.5 Z M10.5 20.5 H13.5"
    })
}
