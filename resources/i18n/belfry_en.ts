<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BannerText</name>
    <message numerus="yes">
        <source>%n new notifications</source>
        <translation>
            <numerusform>%n new notification</numerusform>
            <numerusform>%n new notifications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new from %1</source>
        <translation>
            <numerusform>%n new from %1</numerusform>
            <numerusform>%n new from %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionBar</name>
    <message numerus="yes">
        <source>%n changes are sent as soon as the server is there</source>
        <translation>
            <numerusform>%n change is sent as soon as the server is there</numerusform>
            <numerusform>%n changes are sent as soon as the server is there</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DayHeader</name>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n unread</numerusform>
            <numerusform>%1, %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxList</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxRow</name>
    <message numerus="yes">
        <source>%n in this stack</source>
        <translation>
            <numerusform>%n in this stack</numerusform>
            <numerusform>%n in this stack</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open the stack of %n more</source>
        <translation>
            <numerusform>Open the stack of %n more</numerusform>
            <numerusform>Open the stack of %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>Belfry · %n unread</source>
        <translation>
            <numerusform>Belfry · %n unread</numerusform>
            <numerusform>Belfry · %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message numerus="yes">
        <source>%n change(s) that the server has not heard of would be lost.</source>
        <translation>
            <numerusform>%n change that the server has not heard of would be lost.</numerusform>
            <numerusform>%n changes that the server has not heard of would be lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message numerus="yes">
        <source>The next try is possible in %n second(s).</source>
        <translation>
            <numerusform>The next try is possible in %n second.</numerusform>
            <numerusform>The next try is possible in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrayText</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n marked as read</source>
        <translation>
            <numerusform>%n marked as read</numerusform>
            <numerusform>%n marked as read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marked as unread</source>
        <translation>
            <numerusform>%n marked as unread</numerusform>
            <numerusform>%n marked as unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acknowledged</source>
        <translation>
            <numerusform>%n acknowledged</numerusform>
            <numerusform>%n acknowledged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n archived</source>
        <translation>
            <numerusform>%n archived</numerusform>
            <numerusform>%n archived</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved to the inbox</source>
        <translation>
            <numerusform>%n moved to the inbox</numerusform>
            <numerusform>%n moved to the inbox</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snoozed</source>
        <translation>
            <numerusform>%n snoozed</numerusform>
            <numerusform>%n snoozed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n back in the inbox</source>
        <translation>
            <numerusform>%n back in the inbox</numerusform>
            <numerusform>%n back in the inbox</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n deleted</numerusform>
            <numerusform>%n deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snoozed until %1</source>
        <translation>
            <numerusform>%n snoozed until %1</numerusform>
            <numerusform>%n snoozed until %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n brought back</source>
        <translation>
            <numerusform>%n brought back</numerusform>
            <numerusform>%n brought back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Syncing … %n received</source>
        <translation>
            <numerusform>Syncing … %n received</numerusform>
            <numerusform>Syncing … %n received</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · retry in %n s</source>
        <translation>
            <numerusform>%1 · retry in %n s</numerusform>
            <numerusform>%1 · retry in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>belfry::account_screens::SettingsView</name>
    <message numerus="yes">
        <source>Cleared. %n change(s) that the server had not heard of went, too.</source>
        <translation>
            <numerusform>Cleared. %n change that the server had not heard of went, too.</numerusform>
            <numerusform>Cleared. %n changes that the server had not heard of went, too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>belfry::window::WhyView</name>
    <message numerus="yes">
        <source>%n attempts</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
</context>
</TS>
