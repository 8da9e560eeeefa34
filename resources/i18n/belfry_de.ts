<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Großzügig</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
</context>
<context>
    <name>AskBody</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>BannerText</name>
    <message>
        <source>1 new notification</source>
        <translation>1&#xa0;neue Benachrichtigung</translation>
    </message>
    <message numerus="yes">
        <source>%n new notifications</source>
        <translation>
            <numerusform>%n&#xa0;neue Benachrichtigung</numerusform>
            <numerusform>%n&#xa0;neue Benachrichtigungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n&#xa0;neue Benachrichtigung</numerusform>
            <numerusform>%n&#xa0;neue Benachrichtigungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new from %1</source>
        <translation>
            <numerusform>%n&#xa0;neue von %1</numerusform>
            <numerusform>%n&#xa0;neue von %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Mark read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n&#xa0;ausgewählt</numerusform>
            <numerusform>%n&#xa0;ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark as read or unread</source>
        <translation>Als gelesen oder ungelesen markieren</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>CheatSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>ConnectionBar</name>
    <message>
        <source>Sign in again to receive what is new</source>
        <translation>Bitte erneut anmelden, um Neues zu empfangen</translation>
    </message>
    <message numerus="yes">
        <source>%n changes are sent as soon as the server is there</source>
        <translation>
            <numerusform>%n&#xa0;Änderung wird gesendet, sobald der Server erreichbar ist</numerusform>
            <numerusform>%n&#xa0;Änderungen werden gesendet, sobald der Server erreichbar ist</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>ConnectionLine</name>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
</context>
<context>
    <name>CustomSnooze</name>
    <message>
        <source>Snooze until</source>
        <translation>Zurückstellen bis</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>That is over: it has to be still to come</source>
        <translation>Das ist vorbei: Der Zeitpunkt muss noch kommen</translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Your notifications are kept here, so that you can read them offline.</source>
        <translation>Ihre Benachrichtigungen werden hier aufbewahrt, damit sie auch offline lesbar sind.</translation>
    </message>
    <message>
        <source>Your notifications are kept here, so that you can read them offline: %1.</source>
        <translation>Ihre Benachrichtigungen werden hier aufbewahrt, damit sie auch offline lesbar sind: %1.</translation>
    </message>
    <message>
        <source>Export as JSON…</source>
        <translation>Als JSON exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Clear…</source>
        <translation>Leeren&#xa0;…</translation>
    </message>
    <message>
        <source>Export notifications</source>
        <translation>Benachrichtigungen exportieren</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Clear what is kept here?</source>
        <translation>Lokalen Speicher leeren?</translation>
    </message>
    <message>
        <source>What is on the server comes again at once. What you did offline, and the server has not heard of, is lost.</source>
        <translation>Was auf dem Server liegt, kommt sofort wieder. Was Sie offline getan haben und wovon der Server noch nichts weiß, geht verloren.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>DayHeader</name>
    <message numerus="yes">
        <source>%1, %n unread</source>
        <translation>
            <numerusform>%1, %n&#xa0;ungelesen</numerusform>
            <numerusform>%1, %n&#xa0;ungelesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Vorherige</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächste</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Als ungelesen markieren</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Unsnooze</source>
        <translation>Zurückstellen aufheben</translation>
    </message>
    <message>
        <source>Move to the inbox</source>
        <translation>In den Posteingang verschieben</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Notification</source>
        <translation>Benachrichtigung</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>Your last change waits for the server</source>
        <translation>Ihre letzte Änderung wartet auf den Server</translation>
    </message>
    <message>
        <source>In the same thread</source>
        <translation>Im selben Verlauf</translation>
    </message>
</context>
<context>
    <name>DevicesSection</name>
    <message>
        <source>Signed in on</source>
        <translation>Angemeldete Geräte</translation>
    </message>
    <message>
        <source>A device that you sign out has to sign in again before it shows anything new.</source>
        <translation>Ein abgemeldetes Gerät zeigt erst nach erneuter Anmeldung wieder Neues.</translation>
    </message>
    <message>
        <source>Loading the list</source>
        <translation>Die Liste wird geladen</translation>
    </message>
    <message>
        <source>The server lists no device of yours.</source>
        <translation>Der Server führt keines Ihrer Geräte auf.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Not seen yet</source>
        <translation>Noch nicht gesehen</translation>
    </message>
    <message>
        <source>Last seen %1</source>
        <translation>Zuletzt gesehen: %1</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Sign out %1</source>
        <translation>%1 abmelden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Sign out %1?</source>
        <translation>%1 abmelden?</translation>
    </message>
    <message>
        <source>It shows nothing new until somebody signs in there again.</source>
        <translation>Dort erscheint erst wieder Neues, wenn sich jemand erneut anmeldet.</translation>
    </message>
</context>
<context>
    <name>DiagnosticsSection</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>For those who help you: versions, what the desktop can do, and the last connections. Without notifications, passwords or keys.</source>
        <translation>Für alle, die Ihnen helfen: Versionen, Fähigkeiten der Arbeitsumgebung und die letzten Verbindungen. Ohne Benachrichtigungen, Passwörter oder Schlüssel.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The server does not know this sign-in</source>
        <translation>Der Server kennt diese Anmeldung nicht</translation>
    </message>
    <message>
        <source>Your account may not do this</source>
        <translation>Ihr Konto darf das nicht</translation>
    </message>
    <message>
        <source>It is not there any more</source>
        <translation>Es ist nicht mehr da</translation>
    </message>
    <message>
        <source>No answer came in time</source>
        <translation>Es kam nicht rechtzeitig eine Antwort</translation>
    </message>
    <message>
        <source>It has changed meanwhile, or does not allow this</source>
        <translation>Es hat sich inzwischen geändert oder lässt das nicht zu</translation>
    </message>
    <message>
        <source>It is too large</source>
        <translation>Es ist zu groß</translation>
    </message>
    <message>
        <source>The server is busy: try again in a moment</source>
        <translation>Der Server ist ausgelastet: Versuchen Sie es gleich noch einmal</translation>
    </message>
    <message>
        <source>That does not work at the moment</source>
        <translation>Das geht im Moment nicht</translation>
    </message>
    <message>
        <source>Something went wrong inside Belfry</source>
        <translation>In Belfry ist etwas schiefgegangen</translation>
    </message>
    <message>
        <source>The server does not take this</source>
        <translation>Der Server nimmt das nicht an</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>Anfrage %1</translation>
    </message>
</context>
<context>
    <name>InboxList</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n&#xa0;neu</numerusform>
            <numerusform>%n&#xa0;neu</numerusform>
        </translation>
    </message>
    <message>
        <source>Older ones are on the server, where a search finds them.</source>
        <translation>Ältere sind auf dem Server, wo eine Suche sie findet.</translation>
    </message>
    <message>
        <source>There is more on the server: a narrower search shows it.</source>
        <translation>Auf dem Server ist noch mehr: Eine engere Suche zeigt es.</translation>
    </message>
</context>
<context>
    <name>InboxPage</name>
    <message>
        <source>Mark all read</source>
        <translation>Alles gelesen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Nothing is asleep</source>
        <translation>Nichts zurückgestellt</translation>
    </message>
    <message>
        <source>The archive is empty</source>
        <translation>Das Archiv ist leer</translation>
    </message>
    <message>
        <source>All caught up</source>
        <translation>Alles erledigt</translation>
    </message>
    <message>
        <source>Other words, or fewer, may find more.</source>
        <translation>Andere oder weniger Suchwörter finden vielleicht mehr.</translation>
    </message>
    <message>
        <source>What you snooze waits here, and comes back unread.</source>
        <translation>Zurückgestelltes wartet hier und kommt ungelesen wieder.</translation>
    </message>
    <message>
        <source>What you archive is kept here, out of the way.</source>
        <translation>Archiviertes wird hier aufbewahrt, ohne im Weg zu sein.</translation>
    </message>
    <message>
        <source>There is nothing unread.</source>
        <translation>Es gibt nichts Ungelesenes.</translation>
    </message>
    <message>
        <source>New notifications come here, as they happen.</source>
        <translation>Neue Benachrichtigungen erscheinen hier, sobald sie eintreffen.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>InboxRow</name>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Ungelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n in this stack</source>
        <translation>
            <numerusform>%n&#xa0;in diesem Stapel</numerusform>
            <numerusform>%n&#xa0;in diesem Stapel</numerusform>
        </translation>
    </message>
    <message>
        <source>Select %1</source>
        <translation>%1 auswählen</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>noch nicht gesendet</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Als ungelesen markieren</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Fold the stack</source>
        <translation>Stapel zuklappen</translation>
    </message>
    <message numerus="yes">
        <source>Open the stack of %n more</source>
        <translation>
            <numerusform>Stapel mit %n&#xa0;weiterer Benachrichtigung aufklappen</numerusform>
            <numerusform>Stapel mit %n&#xa0;weiteren Benachrichtigungen aufklappen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>J, K, ↓, ↑</source>
        <translation>J, K, ↓, ↑</translation>
    </message>
    <message>
        <source>Next, previous</source>
        <translation>Nächste, vorherige</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>E</source>
        <translation>E</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>U</source>
        <translation>U</translation>
    </message>
    <message>
        <source>Read or unread</source>
        <translation>Gelesen oder ungelesen</translation>
    </message>
    <message>
        <source>H</source>
        <translation>H</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Mute the category</source>
        <translation>Kategorie stummschalten</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Back into the inbox</source>
        <translation>Zurück in den Posteingang</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>→, ←</source>
        <translation>→, ←</translation>
    </message>
    <message>
        <source>Open, fold a stack</source>
        <translation>Stapel auf-, zuklappen</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Shift+↓, ↑</source>
        <translation>Umschalt+↓, ↑</translation>
    </message>
    <message>
        <source>Select a range</source>
        <translation>Bereich auswählen</translation>
    </message>
    <message>
        <source>Ctrl+A</source>
        <translation>Strg+A</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <source>Undo, many levels</source>
        <translation>Rückgängig, auch mehrfach</translation>
    </message>
    <message>
        <source>Ctrl+F, /</source>
        <translation>Strg+F, /</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Strg+R</translation>
    </message>
    <message>
        <source>Connect now</source>
        <translation>Jetzt verbinden</translation>
    </message>
    <message>
        <source>Ctrl+1 … 6</source>
        <translation>Strg+1 … 6</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Ansicht wechseln</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close, select nothing</source>
        <translation>Schließen, Auswahl aufheben</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>Belfry · %n unread</source>
        <translation>
            <numerusform>Belfry · %n&#xa0;ungelesen</numerusform>
            <numerusform>Belfry · %n&#xa0;ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Belfry</source>
        <translation>Belfry</translation>
    </message>
</context>
<context>
    <name>MoreRowsLine</name>
    <message>
        <source>More is being loaded</source>
        <translation>Weitere werden geladen</translation>
    </message>
    <message>
        <source>There may be more on the server. %1</source>
        <translation>Auf dem Server ist vielleicht noch mehr. %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Weitere zeigen</translation>
    </message>
</context>
<context>
    <name>NavRail</name>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>Belfry</source>
        <translation>Belfry</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Posteingang</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Ungelesen</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Ctrl+%1</source>
        <translation>Strg+%1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>%1 percent done</source>
        <translation>%1&#xa0;Prozent erledigt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <extracomment>how much of it is done</extracomment>
        <translation>%1&#xa0;%</translation>
    </message>
</context>
<context>
    <name>RequestLine</name>
    <message>
        <source>Request %1</source>
        <translation>Anfrage %1</translation>
    </message>
    <message>
        <source>Copy the request&apos;s number</source>
        <translation>Nummer der Anfrage kopieren</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Mark as read or unread</source>
        <translation>Als gelesen oder ungelesen markieren</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Back into the inbox</source>
        <translation>Zurück in den Posteingang</translation>
    </message>
    <message>
        <source>Mute the category</source>
        <translation>Kategorie stummschalten</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Why did I get this?</source>
        <translation>Warum habe ich das bekommen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
</context>
<context>
    <name>SavedSearchChip</name>
    <message>
        <source>Saved search %1</source>
        <translation>Gespeicherte Suche %1</translation>
    </message>
    <message>
        <source>More for %1</source>
        <translation>Mehr zu %1</translation>
    </message>
</context>
<context>
    <name>SavedSearchList</name>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>F2</source>
        <translation>F2</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
</context>
<context>
    <name>SavedSearchSheet</name>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Rename the saved search</source>
        <translation>Gespeicherte Suche umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Ungelesen</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7&#xa0;Tage</translation>
    </message>
</context>
<context>
    <name>SearchQuery</name>
    <message>
        <source>%1 is not known here. Possible: %2</source>
        <translation>%1 ist hier nicht bekannt. Möglich: %2</translation>
    </message>
</context>
<context>
    <name>ServerFinding</name>
    <message>
        <source>Looking for the server…</source>
        <translation>Server wird gesucht&#xa0;…</translation>
    </message>
    <message>
        <source>Belfry %1 is there.</source>
        <translation>Belfry %1 ist da.</translation>
    </message>
    <message>
        <source>This is not an address of a server. Write it as notify.example or https://notify.example.</source>
        <translation>Das ist keine Serveradresse. Richtig geschrieben ist sie etwa als notify.example oder https://notify.example.</translation>
    </message>
    <message>
        <source>There is no computer of the name %1. Check how it is written, and whether you are online.</source>
        <translation>Es gibt keinen Computer mit dem Namen %1. Bitte prüfen Sie die Schreibweise und ob Sie online sind.</translation>
    </message>
    <message>
        <source>%1 is there, but no server answers on this port. Check the port, or ask whether it runs.</source>
        <translation>%1 ist da, aber auf diesem Port antwortet kein Server. Bitte prüfen Sie den Port oder fragen Sie nach, ob der Server läuft.</translation>
    </message>
    <message>
        <source>%1 did not answer in time. Check the address, the network, and whether a firewall stands between.</source>
        <translation>%1 hat nicht rechtzeitig geantwortet. Bitte prüfen Sie die Adresse, das Netz und ob eine Firewall dazwischensteht.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be reached: %2</source>
        <translation>%1 ist nicht erreichbar: %2</translation>
    </message>
    <message>
        <source>The certificate of %1 comes from an authority that this computer does not know. Ask your administrator to install that authority.</source>
        <translation>Das Zertifikat von %1 stammt von einer Zertifizierungsstelle, die dieser Computer nicht kennt. Bitten Sie Ihre Systemverwaltung, diese Stelle einzurichten.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid today. If the clock of this computer is right, the server needs a new one.</source>
        <translation>Das Zertifikat von %1 ist heute nicht gültig. Wenn die Uhr dieses Computers richtig geht, braucht der Server ein neues.</translation>
    </message>
    <message>
        <source>No safe connection to %1: %2</source>
        <translation>Keine sichere Verbindung zu %1: %2</translation>
    </message>
    <message>
        <source>The server is at another address: %1</source>
        <translation>Der Server hat eine andere Adresse: %1</translation>
    </message>
    <message>
        <source>Something answers at %1, but it is not Belfry.</source>
        <translation>Unter %1 antwortet etwas, aber es ist nicht Belfry.</translation>
    </message>
    <message>
        <source>The server is too old for this program (version %1). Ask your administrator to update it.</source>
        <translation>Der Server ist zu alt für dieses Programm (Version %1). Bitten Sie Ihre Systemverwaltung, ihn zu aktualisieren.</translation>
    </message>
    <message>
        <source>The server is too new for this program (version %1). Update this program.</source>
        <translation>Der Server ist zu neu für dieses Programm (Version %1). Bitte aktualisieren Sie dieses Programm.</translation>
    </message>
    <message>
        <source>Belfry is there, but can&apos;t work now. Try again in a moment.</source>
        <translation>Belfry ist da, kann aber gerade nicht arbeiten. Bitte versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The server had too many requests from here. Try again in a moment.</source>
        <translation>Der Server hat von hier zu viele Anfragen bekommen. Bitte versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Nobody vouches for the certificate of %1: it is self-signed. Compare its fingerprint with the one that your administrator tells you before you trust it.</source>
        <translation>Für das Zertifikat von %1 bürgt niemand: Es ist selbst signiert. Vergleichen Sie seinen Fingerabdruck mit dem, den Ihre Administration nennt, bevor Sie ihm vertrauen.</translation>
    </message>
    <message>
        <source>The certificate was not issued for %1. Check the address: somebody may be in between.</source>
        <translation>Das Zertifikat wurde nicht für %1 ausgestellt. Prüfen Sie die Adresse: Es könnte jemand dazwischen sein.</translation>
    </message>
</context>
<context>
    <name>ServerLine</name>
    <message>
        <source>This address begins with http: your password and your notifications can be read on the way. Use it only in a network that you trust.</source>
        <translation>Diese Adresse beginnt mit http: Ihr Passwort und Ihre Benachrichtigungen können unterwegs mitgelesen werden. Verwenden Sie sie nur in einem Netz, dem Sie vertrauen.</translation>
    </message>
    <message>
        <source>It is the same: trust it</source>
        <translation>Er stimmt überein: vertrauen</translation>
    </message>
    <message>
        <source>Use that address</source>
        <translation>Diese Adresse verwenden</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut prüfen</translation>
    </message>
</context>
<context>
    <name>ServerWords</name>
    <message>
        <source>Inbox</source>
        <translation>Posteingang</translation>
    </message>
    <message>
        <source>Banner</source>
        <translation>Banner</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Push</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>not there yet</source>
        <translation>noch nicht da</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>unterwegs</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>failed, tried again</source>
        <translation>fehlgeschlagen, wird wiederholt</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
    <message>
        <source>failed for good</source>
        <translation>endgültig fehlgeschlagen</translation>
    </message>
    <message>
        <source>your preferences</source>
        <translation>Ihre Vorgaben</translation>
    </message>
    <message>
        <source>no address of yours for it</source>
        <translation>keine Adresse von Ihnen dafür</translation>
    </message>
    <message>
        <source>the server does not have it</source>
        <translation>der Server hat das nicht</translation>
    </message>
    <message>
        <source>you did it yourself</source>
        <translation>Sie haben es selbst getan</translation>
    </message>
    <message>
        <source>for later</source>
        <translation>für später</translation>
    </message>
    <message>
        <source>your quiet hours</source>
        <translation>Ihre Ruhezeiten</translation>
    </message>
    <message>
        <source>comes with others together</source>
        <translation>kommt mit anderen zusammen</translation>
    </message>
    <message>
        <source>too many at once</source>
        <translation>zu viele auf einmal</translation>
    </message>
    <message>
        <source>waits whether you see it elsewhere</source>
        <translation>wartet, ob Sie es anderswo sehen</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Put into the inbox</source>
        <translation>In den Posteingang gelegt</translation>
    </message>
    <message>
        <source>Not put into the inbox</source>
        <translation>Nicht in den Posteingang gelegt</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Recalled by the sender</source>
        <translation>Vom Absender zurückgezogen</translation>
    </message>
    <message>
        <source>Changed by the sender</source>
        <translation>Vom Absender geändert</translation>
    </message>
    <message>
        <source>Replaced by a newer one</source>
        <translation>Durch eine neuere ersetzt</translation>
    </message>
    <message>
        <source>Cancelled by the sender</source>
        <translation>Vom Absender abgebrochen</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Followed</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>Zurückgestellt</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>Abmelden&#xa0;…</translation>
    </message>
    <message>
        <source>Start and window</source>
        <translation>Start und Fenster</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>Bei der Anmeldung am Computer starten</translation>
    </message>
    <message>
        <source>It stands in the tray until you want it.</source>
        <translation>Belfry wartet im Infobereich, bis Sie es brauchen.</translation>
    </message>
    <message>
        <source>Stay in the tray when the window is closed</source>
        <translation>Nach dem Schließen des Fensters im Infobereich bleiben</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Hide what banners say</source>
        <translation>Inhalt der Banner verbergen</translation>
    </message>
    <message>
        <source>“1 new notification” stands in its place.</source>
        <translation>Stattdessen steht dort „1&#xa0;neue Benachrichtigung“.</translation>
    </message>
    <message>
        <source>While the screen is locked</source>
        <translation>Bei gesperrtem Bildschirm</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Töne</translation>
    </message>
    <message>
        <source>Sign out?</source>
        <translation>Abmelden?</translation>
    </message>
    <message>
        <source>Nothing new arrives here until you sign in again, and what is kept of your inbox on this computer goes.</source>
        <translation>Bis zur nächsten Anmeldung kommt hier nichts Neues an, und die Kopie Ihres Posteingangs auf diesem Computer wird gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) that the server has not heard of would be lost.</source>
        <translation>
            <numerusform>%n&#xa0;Änderung, von der der Server noch nichts weiß, ginge verloren.</numerusform>
            <numerusform>%n&#xa0;Änderungen, von denen der Server noch nichts weiß, gingen verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Start without a window</source>
        <translation>Ohne Fenster starten</translation>
    </message>
    <message>
        <source>Where banners stand, and for how long, is set in your desktop&apos;s own settings.</source>
        <translation>Wo Banner stehen und wie lange, steht in den Einstellungen des Desktops.</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Streaks and activity are not part of this version.</source>
        <translation>Serien und Aktivität sind nicht Teil dieser Version.</translation>
    </message>
    <message>
        <source>Set here in a later version. Until then press M on a notification to mute its category.</source>
        <translation>In einer späteren Version hier einstellbar. Bis dahin schaltet die Taste M auf einer Benachrichtigung deren Kategorie stumm.</translation>
    </message>
</context>
<context>
    <name>ShortcutsSection</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SignInProblem</name>
    <message>
        <source>The server was not found. Are you online?</source>
        <translation>Der Server wurde nicht gefunden. Sind Sie online?</translation>
    </message>
    <message>
        <source>The server does not answer. Try again in a moment.</source>
        <translation>Der Server antwortet nicht. Bitte versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The server did not answer in time. Try again.</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet. Bitte versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There is no safe connection to the server any more. Check the address.</source>
        <translation>Es gibt keine sichere Verbindung mehr zum Server. Bitte prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>The connection to the server broke off. Try again.</source>
        <translation>Die Verbindung zum Server ist abgebrochen. Bitte versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This token or key does not reach that inbox.</source>
        <translation>Dieses Token oder dieser Schlüssel hat keinen Zugang zu diesem Posteingang.</translation>
    </message>
    <message>
        <source>Too many tries.</source>
        <translation>Zu viele Versuche.</translation>
    </message>
    <message>
        <source>The server can&apos;t work now: %1</source>
        <translation>Der Server kann gerade nicht arbeiten: %1</translation>
    </message>
    <message>
        <source>The server says: %1</source>
        <translation>Der Server meldet: %1</translation>
    </message>
    <message>
        <source>Something else than Belfry answered (%1).</source>
        <translation>Etwas anderes als Belfry hat geantwortet (%1).</translation>
    </message>
    <message>
        <source>Write the mail address of your account.</source>
        <translation>Bitte geben Sie die E-Mail-Adresse Ihres Kontos ein.</translation>
    </message>
    <message>
        <source>Write your password.</source>
        <translation>Bitte geben Sie Ihr Passwort ein.</translation>
    </message>
    <message>
        <source>The mail address or the password is wrong, or the account is disabled.</source>
        <translation>Die E-Mail-Adresse oder das Passwort ist falsch, oder das Konto ist deaktiviert.</translation>
    </message>
    <message>
        <source>Paste the token or the key.</source>
        <translation>Bitte fügen Sie das Token oder den Schlüssel ein.</translation>
    </message>
    <message>
        <source>A token is one word, without blanks.</source>
        <translation>Ein Token ist ein einziges Wort ohne Leerzeichen.</translation>
    </message>
    <message>
        <source>Write whose inbox this is: a key does not say it.</source>
        <translation>Bitte geben Sie an, wessen Posteingang es ist: Aus einem Schlüssel geht das nicht hervor.</translation>
    </message>
    <message>
        <source>The server does not take this token or key: it may have ended, or belong to another server.</source>
        <translation>Der Server nimmt dieses Token oder diesen Schlüssel nicht an: vielleicht abgelaufen oder für einen anderen Server bestimmt.</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Your notifications are on a Belfry server. Your administrator knows its address.</source>
        <translation>Ihre Benachrichtigungen liegen auf einem Belfry-Server. Seine Adresse kennt Ihre Systemverwaltung.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Token or key</source>
        <translation>Token oder Schlüssel</translation>
    </message>
    <message>
        <source>Whose inbox (with a key)</source>
        <translation>Wessen Posteingang (mit Schlüssel)</translation>
    </message>
    <message>
        <source>Keep me signed in</source>
        <translation>Angemeldet bleiben</translation>
    </message>
    <message>
        <source>Start Belfry when I log in</source>
        <translation>Belfry bei der Anmeldung am Computer starten</translation>
    </message>
    <message numerus="yes">
        <source>The next try is possible in %n second(s).</source>
        <translation>
            <numerusform>Der nächste Versuch ist in %n&#xa0;Sekunde möglich.</numerusform>
            <numerusform>Der nächste Versuch ist in %n&#xa0;Sekunden möglich.</numerusform>
        </translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>Anfrage %1</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung läuft&#xa0;…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Back to the inbox</source>
        <translation>Zurück zum Posteingang</translation>
    </message>
    <message>
        <source>With mail and password</source>
        <translation>Mit E-Mail und Passwort</translation>
    </message>
    <message>
        <source>With a token or key</source>
        <translation>Mit Token oder Schlüssel</translation>
    </message>
    <message>
        <source>Keep the sign-in in a file</source>
        <translation>Anmeldung in einer Datei aufbewahren</translation>
    </message>
    <message>
        <source>This computer has no keychain that answers. The sign-in can be kept in a file that only you can read, but it is not encrypted. Else you sign in again at each start.</source>
        <translation>Auf diesem Computer antwortet kein Schlüsselbund. Die Anmeldung kann in einer Datei aufbewahrt werden, die nur Sie lesen können; verschlüsselt ist sie nicht. Sonst melden Sie sich bei jedem Start neu an.</translation>
    </message>
</context>
<context>
    <name>SkeletonList</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>SnoozeMenu</name>
    <message>
        <source>Choose day and time …</source>
        <translation>Tag und Uhrzeit wählen&#xa0;…</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Please wait</source>
        <translation>Bitte warten</translation>
    </message>
</context>
<context>
    <name>TestLine</name>
    <message>
        <source>Send me a test</source>
        <translation>Testbenachrichtigung senden</translation>
    </message>
    <message>
        <source>Play the sound</source>
        <translation>Ton abspielen</translation>
    </message>
</context>
<context>
    <name>ThreadRow</name>
    <message>
        <source>Unread</source>
        <translation>Ungelesen</translation>
    </message>
</context>
<context>
    <name>ToastBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>TourScreen</name>
    <message>
        <source>See how it looks</source>
        <translation>So sieht es aus</translation>
    </message>
    <message>
        <source>Decide what others see</source>
        <translation>Was andere sehen</translation>
    </message>
    <message>
        <source>A notification comes as a banner, and stays in the inbox until you have dealt with it. Try one.</source>
        <translation>Eine Benachrichtigung erscheint als Banner und bleibt im Posteingang, bis Sie sie erledigt haben. Probieren Sie es aus.</translation>
    </message>
    <message>
        <source>Banners can hide what they say, so that nobody reads it over your shoulder or on a locked screen.</source>
        <translation>Banner können ihren Inhalt verbergen, damit ihn niemand über Ihre Schulter oder auf einem gesperrten Bildschirm liest.</translation>
    </message>
    <message>
        <source>Belfry can start when you log in and wait in the tray, without a window.</source>
        <translation>Belfry kann bei der Anmeldung am Computer starten und ohne Fenster im Infobereich warten.</translation>
    </message>
    <message>
        <source>Belfry can start when you log in, so that you miss nothing.</source>
        <translation>Belfry kann bei der Anmeldung am Computer starten, damit Sie nichts verpassen.</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Hide what banners say</source>
        <translation>Inhalt der Banner verbergen</translation>
    </message>
    <message>
        <source>While the screen is locked</source>
        <translation>Bei gesperrtem Bildschirm</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Töne</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>Bei der Anmeldung am Computer starten</translation>
    </message>
    <message>
        <source>Stay in the tray when the window is closed</source>
        <translation>Nach dem Schließen des Fensters im Infobereich bleiben</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>To the inbox</source>
        <translation>Zum Posteingang</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Always there</source>
        <translation>Immer da</translation>
    </message>
</context>
<context>
    <name>TrayText</name>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>erfordert Aufmerksamkeit</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n&#xa0;ungelesen</numerusform>
            <numerusform>%n&#xa0;ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>All read</source>
        <translation>Alles gelesen</translation>
    </message>
    <message>
        <source>paused until %1</source>
        <translation>pausiert bis %1</translation>
    </message>
</context>
<context>
    <name>UrgentMark</name>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
</context>
<context>
    <name>WhySheet</name>
    <message>
        <source>Why did I get this?</source>
        <translation>Warum habe ich das bekommen?</translation>
    </message>
    <message>
        <source>Asking the server …</source>
        <translation>Der Server wird gefragt&#xa0;…</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message numerus="yes">
        <source>%n marked as read</source>
        <translation>
            <numerusform>%n&#xa0;als gelesen markiert</numerusform>
            <numerusform>%n&#xa0;als gelesen markiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marked as unread</source>
        <translation>
            <numerusform>%n&#xa0;als ungelesen markiert</numerusform>
            <numerusform>%n&#xa0;als ungelesen markiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acknowledged</source>
        <translation>
            <numerusform>%n&#xa0;bestätigt</numerusform>
            <numerusform>%n&#xa0;bestätigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n archived</source>
        <translation>
            <numerusform>%n&#xa0;archiviert</numerusform>
            <numerusform>%n&#xa0;archiviert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved to the inbox</source>
        <translation>
            <numerusform>%n&#xa0;in den Posteingang verschoben</numerusform>
            <numerusform>%n&#xa0;in den Posteingang verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snoozed</source>
        <translation>
            <numerusform>%n&#xa0;zurückgestellt</numerusform>
            <numerusform>%n&#xa0;zurückgestellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n back in the inbox</source>
        <translation>
            <numerusform>%n&#xa0;wieder im Posteingang</numerusform>
            <numerusform>%n&#xa0;wieder im Posteingang</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n&#xa0;gelöscht</numerusform>
            <numerusform>%n&#xa0;gelöscht</numerusform>
        </translation>
    </message>
    <message>
        <source>All marked as read</source>
        <translation>Alles als gelesen markiert</translation>
    </message>
    <message>
        <source>general</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Could not mark as read</source>
        <translation>Konnte nicht als gelesen markiert werden</translation>
    </message>
    <message>
        <source>Could not mark as unread</source>
        <translation>Konnte nicht als ungelesen markiert werden</translation>
    </message>
    <message>
        <source>Could not acknowledge</source>
        <translation>Konnte nicht bestätigt werden</translation>
    </message>
    <message>
        <source>Could not archive</source>
        <translation>Konnte nicht archiviert werden</translation>
    </message>
    <message>
        <source>Could not move to the inbox</source>
        <translation>Konnte nicht in den Posteingang verschoben werden</translation>
    </message>
    <message>
        <source>Could not snooze</source>
        <translation>Konnte nicht zurückgestellt werden</translation>
    </message>
    <message>
        <source>Could not delete</source>
        <translation>Konnte nicht gelöscht werden</translation>
    </message>
    <message>
        <source>Could not mute</source>
        <translation>Konnte nicht stummgeschaltet werden</translation>
    </message>
    <message>
        <source>Could not unmute</source>
        <translation>Stummschaltung konnte nicht aufgehoben werden</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n&#xa0;min</numerusform>
            <numerusform>%n&#xa0;min</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2 (%3)</source>
        <translation>%1, %2 (%3)</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>No more alerts of “%1”: they only come to the inbox</source>
        <translation>„%1“ ist stummgeschaltet: Neues kommt nur noch in den Posteingang</translation>
    </message>
    <message>
        <source>“%1” may alert again</source>
        <translation>„%1“ ist nicht mehr stummgeschaltet</translation>
    </message>
    <message numerus="yes">
        <source>%n snoozed until %1</source>
        <translation>
            <numerusform>%n&#xa0;zurückgestellt bis %1</numerusform>
            <numerusform>%n&#xa0;zurückgestellt bis %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message numerus="yes">
        <source>%n brought back</source>
        <translation>
            <numerusform>%n&#xa0;zurückgeholt</numerusform>
            <numerusform>%n&#xa0;zurückgeholt</numerusform>
        </translation>
    </message>
    <message>
        <source>Could not take that back</source>
        <translation>Konnte nicht rückgängig gemacht werden</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>In 1 hour</source>
        <translation>In 1&#xa0;Stunde</translation>
    </message>
    <message>
        <source>This evening</source>
        <translation>Heute Abend</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Morgen</translation>
    </message>
    <message>
        <source>Next week</source>
        <translation>Nächste Woche</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>Es wird verbunden&#xa0;…</translation>
    </message>
    <message numerus="yes">
        <source>Syncing … %n received</source>
        <translation>
            <numerusform>Abgleich läuft&#xa0;… %n&#xa0;empfangen</numerusform>
            <numerusform>Abgleich läuft&#xa0;… %n&#xa0;empfangen</numerusform>
        </translation>
    </message>
    <message>
        <source>Syncing …</source>
        <translation>Abgleich läuft&#xa0;…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Offline since %1</source>
        <translation>Offline seit %1</translation>
    </message>
    <message>
        <source>%1 · retrying</source>
        <translation>%1 · neuer Versuch läuft</translation>
    </message>
    <message numerus="yes">
        <source>%1 · retry in %n s</source>
        <translation>
            <numerusform>%1 · neuer Versuch in %n&#xa0;s</numerusform>
            <numerusform>%1 · neuer Versuch in %n&#xa0;s</numerusform>
        </translation>
    </message>
    <message>
        <source>A day is written like %1</source>
        <translation>Ein Tag wird so geschrieben: %1</translation>
    </message>
    <message>
        <source>A day is written like %1 or %2</source>
        <translation>Ein Tag wird so geschrieben: %1 oder %2</translation>
    </message>
    <message>
        <source>A time is written like %1</source>
        <translation>Eine Uhrzeit wird so geschrieben: %1</translation>
    </message>
</context>
<context>
    <name>belfry::account::LocalSettings</name>
    <message>
        <source>The settings can&apos;t be written to %1.</source>
        <translation>Die Einstellungen können nicht nach %1 geschrieben werden.</translation>
    </message>
    <message>
        <source>Part of the settings in %1 can&apos;t be read.</source>
        <translation>Ein Teil der Einstellungen in %1 ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>belfry::account_screens::SettingsView</name>
    <message>
        <source>As the desktop</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Your sign-in is kept in the keychain of the desktop.</source>
        <translation>Ihre Anmeldung ist im Schlüsselbund der Arbeitsumgebung gespeichert.</translation>
    </message>
    <message>
        <source>Your sign-in is kept in a file that only you can read. It is not encrypted.</source>
        <translation>Ihre Anmeldung ist in einer Datei gespeichert, die nur Sie lesen können. Sie ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>Your sign-in is not kept: it ends with the program.</source>
        <translation>Ihre Anmeldung wird nicht gespeichert: Sie endet mit dem Programm.</translation>
    </message>
    <message>
        <source>Choose a file on this computer.</source>
        <translation>Bitte wählen Sie eine Datei auf diesem Computer.</translation>
    </message>
    <message>
        <source>Cleared. What is on the server comes again.</source>
        <translation>Geleert. Was auf dem Server liegt, kommt wieder.</translation>
    </message>
    <message>
        <source>There is no connection to the server yet. Try again in a moment.</source>
        <translation>Es gibt noch keine Verbindung zum Server. Bitte versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt&#xa0;…</translation>
    </message>
    <message>
        <source>This is a test</source>
        <translation>Dies ist ein Test</translation>
    </message>
    <message>
        <source>So you will hear of what happens.</source>
        <translation>So erfahren Sie, was geschieht.</translation>
    </message>
    <message>
        <source>It is on its way: look for a banner, and into the inbox.</source>
        <translation>Der Test ist unterwegs: Achten Sie auf ein Banner, und sehen Sie im Posteingang nach.</translation>
    </message>
    <message>
        <source>Your account may receive notifications, not send them. So this banner was made on this computer: it shows how one looks here.</source>
        <translation>Ihr Konto darf Benachrichtigungen empfangen, aber nicht senden. Dieses Banner wurde deshalb auf diesem Computer erzeugt: Es zeigt, wie eines hier aussieht.</translation>
    </message>
    <message>
        <source>Written to %1 (%2).</source>
        <translation>In %1 geschrieben (%2).</translation>
    </message>
    <message numerus="yes">
        <source>Cleared. %n change(s) that the server had not heard of went, too.</source>
        <translation>
            <numerusform>Geleert. %n Änderung, von der der Server nichts wusste, ging mit verloren.</numerusform>
            <numerusform>Geleert. %n Änderungen, von denen der Server nichts wusste, gingen mit verloren.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>belfry::desktop::TrayMenu</name>
    <message>
        <source>Open Belfry</source>
        <translation>Belfry öffnen</translation>
    </message>
    <message>
        <source>Mark all read</source>
        <translation>Alles als gelesen markieren</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen&#xa0;…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>For 30 minutes</source>
        <translation>Für 30&#xa0;Minuten</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1&#xa0;Stunde</translation>
    </message>
    <message>
        <source>For 2 hours</source>
        <translation>Für 2&#xa0;Stunden</translation>
    </message>
    <message>
        <source>Until tomorrow</source>
        <translation>Bis morgen</translation>
    </message>
    <message>
        <source>Resume (until %1)</source>
        <translation>Fortsetzen (pausiert bis %1)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>belfry::program::AccountDesk</name>
    <message>
        <source>What you do now may be lost when Belfry ends: %1</source>
        <translation>Was Sie jetzt tun, kann verloren gehen, wenn Belfry endet: %1</translation>
    </message>
    <message>
        <source>The inbox can&apos;t be kept on this computer: %1</source>
        <translation>Der Posteingang kann auf diesem Computer nicht aufbewahrt werden: %1</translation>
    </message>
    <message>
        <source>The inbox on this computer was damaged and begun anew; changes that were not sent may be lost</source>
        <translation>Der Posteingang auf diesem Computer war beschädigt und wurde neu begonnen; noch nicht gesendete Änderungen sind vielleicht verloren</translation>
    </message>
</context>
<context>
    <name>belfry::program::Accounts</name>
    <message>
        <source>You will have to sign in again at the next start: %1</source>
        <translation>Beim nächsten Start müssen Sie sich erneut anmelden: %1</translation>
    </message>
    <message>
        <source>Your sign-in could not be removed from this computer: %1</source>
        <translation>Ihre Anmeldung konnte nicht von diesem Computer entfernt werden: %1</translation>
    </message>
    <message>
        <source>Your inbox could not be removed from this computer: %1</source>
        <translation>Ihr Posteingang konnte nicht von diesem Computer entfernt werden: %1</translation>
    </message>
</context>
<context>
    <name>belfry::program::Program</name>
    <message>
        <source>This is a test</source>
        <translation>Dies ist ein Test</translation>
    </message>
    <message>
        <source>So you will hear of what happens.</source>
        <translation>So erfahren Sie, was geschieht.</translation>
    </message>
    <message>
        <source>Belfry is still running</source>
        <translation>Belfry läuft weiter</translation>
    </message>
    <message>
        <source>Its icon in the tray opens the window again, and its menu ends the program.</source>
        <translation>Das Symbol im Infobereich öffnet das Fenster wieder, und sein Menü beendet das Programm.</translation>
    </message>
    <message>
        <source>This desktop has no program that opens %1</source>
        <translation>In dieser Arbeitsumgebung gibt es kein Programm, das %1 öffnet</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>belfry::window::DetailView</name>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Aktualisiert</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Snoozed until</source>
        <translation>Zurückgestellt bis</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Caused by</source>
        <translation>Ausgelöst von</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
</context>
<context>
    <name>belfry::window::SavedSearches</name>
    <message>
        <source>It needs a name.</source>
        <translation>Sie braucht einen Namen.</translation>
    </message>
    <message>
        <source>Another one has this name.</source>
        <translation>Eine andere heißt schon so.</translation>
    </message>
</context>
<context>
    <name>belfry::window::ToastView</name>
    <message>
        <source>“%1” is not saved any more</source>
        <translation>„%1“ ist nicht mehr gespeichert</translation>
    </message>
    <message>
        <source>“%1” is saved again</source>
        <translation>„%1“ ist wieder gespeichert</translation>
    </message>
</context>
<context>
    <name>belfry::window::WhyView</name>
    <message>
        <source>+%1 ms</source>
        <translation>+%1&#xa0;ms</translation>
    </message>
    <message>
        <source>+%1 min</source>
        <translation>+%1&#xa0;min</translation>
    </message>
    <message>
        <source>by the rule “%1”</source>
        <translation>durch die Regel „%1“</translation>
    </message>
    <message numerus="yes">
        <source>%n attempts</source>
        <translation>
            <numerusform>%n&#xa0;Versuch</numerusform>
            <numerusform>%n&#xa0;Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>+%L1 s</source>
        <translation>+%L1&#xa0;s</translation>
    </message>
</context>
</TS>
