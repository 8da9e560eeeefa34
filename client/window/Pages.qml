import QtQml

// What the window can show; the first four are views of the inbox, as InboxView numbers them.
QtObject {
    enum Page { Inbox, Unread, Snoozed, Archive, Activity, Preferences, Settings }
}
