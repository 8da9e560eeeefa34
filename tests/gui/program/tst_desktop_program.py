"""The desktop client as a whole: a real server, banners by dunst, a tray, a window under X."""

import signal
import subprocess
import time
import unittest

from stage import BIN, Atspi, Desktop, Stage, actions, is_showing, press, wait

DESKTOP = Desktop()


def tearDownModule():
    DESKTOP.close()


def across(node):
    """Where in its window its middle is."""
    extents = node.get_extents(Atspi.CoordType.WINDOW)
    return extents.x + extents.width / 2


class Case(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(DESKTOP)
        self.addCleanup(self.stage.close)
        self.server = self.stage.server
        self.banners = self.stage.banners

    def connected(self, client):
        client.see("Connected")
        return client


class Banner(Case):
    def test_click_opens_that_item_and_the_other_device_hears_of_it(self):
        self.server.send("Other")  # part of the first snapshot: no banner
        # The one that came last is where the person is (H56), so that one shows banners.
        second = self.connected(self.stage.client("second", environment=DESKTOP.other_bus()))
        first = self.connected(self.stage.client())
        wanted = self.server.send("Build 7", message="All **green**.", actions=[{"id": "log", "title": "Open the log"}])

        wait(lambda: "Build 7" in self.banners.titles(), "the banner")
        shown = next(a for a in self.banners.shown if a[3] == "Build 7")
        keys = [str(word) for word in shown[5]][::2]
        self.assertEqual(keys[0], "default")
        self.assertIn("action:log", keys)
        self.assertIn("read", keys)
        self.assertEqual(second.title(), "Belfry · 2 unread")

        self.banners.click()
        first.see("All green.", "label")  # the detail pane, not the row
        wait(lambda: self.server.item(wanted)["read_at"], "the server to know that it was read")
        began = time.monotonic()
        wait(lambda: second.title() == "Belfry · 1 unread", "the second client to know it")
        self.assertLess(time.monotonic() - began, 1.0)

    def test_is_taken_away_when_it_was_read_elsewhere(self):
        self.connected(self.stage.client())
        item = self.server.send("Build 8")
        wait(lambda: self.banners.displayed() == 1, "the banner")
        self.server.do("read", item)
        wait(lambda: self.banners.displayed() == 0, "the banner to go")

    def test_is_taken_away_when_it_was_recalled(self):
        self.connected(self.stage.client())
        item = self.server.send("Build 9")
        wait(lambda: self.banners.displayed() == 1, "the banner")
        self.server.ask(f"/api/v1/notifications/{item}", method="DELETE")
        wait(lambda: self.banners.displayed() == 0, "the banner to go")


class Connection(Case):
    def test_server_is_killed_and_comes_back(self):
        client = self.connected(self.stage.client())
        self.server.send("Before")
        client.see("Before")
        self.server.kill()
        client.see("Offline since")
        client.press("Retry")
        self.server.start()
        self.server.send("After")
        client.see("After")
        client.see("Connected")
        self.assertIn("After", self.banners.titles())

    def test_a_thousand_missed_while_asleep(self):
        client = self.connected(self.stage.client())
        client.process.tell(signal.SIGSTOP)
        for _ in range(4):
            items = [{"user_id": "ada", "type": "build.done", "title": f"Missed {i}", "message": "m"} for i in range(250)]
            self.server.ask("/api/v1/notifications:batch", items)
        client.process.tell(signal.SIGCONT)
        wait(lambda: client.title() == "Belfry · 1000 unread", "all of them")
        self.assertEqual(self.server.counts()["unread"], 1000)
        self.assertLess(len(self.banners.shown), 60)  # together, not one by one

    def test_what_two_clients_did_offline_meets(self):
        one, two = self.server.send("One"), self.server.send("Two")
        first = self.connected(self.stage.client())
        second = self.connected(self.stage.client("second", environment=DESKTOP.other_bus()))
        for client in (first, second):
            client.see("Two")
        self.server.kill()
        for client in (first, second):
            client.see("Offline since")
        first.keys("j", "e")  # archives the newest, Two
        second.keys("j", "j", "u")  # reads One
        self.server.start()
        for client in (first, second):
            client.see("Connected")
        wait(lambda: self.server.item(two)["archived_at"] and self.server.item(one)["read_at"], "both ops")
        for client in (first, second):
            wait(lambda c=client: c.title() == "Belfry", "no unread one anywhere")

    def test_killed_client_shows_its_inbox_without_a_server(self):
        client = self.connected(self.stage.client())
        self.server.send("Kept")
        client.see("Kept")
        wait(lambda: client.title() == "Belfry · 1 unread", "the count")
        client.process.end(signal.SIGKILL)
        self.server.kill()
        client.start()
        client.see("Kept")
        self.server.start()
        client.see("Connected")


class Desktop(Case):
    def test_second_start_brings_the_window(self):
        client = self.connected(self.stage.client())
        window = client.window()
        client.keys("alt+F4")
        wait(lambda: client.window() is None, "the window to go into the tray")
        again = subprocess.run([BIN / "belfry"], timeout=20)
        self.assertEqual(again.returncode, 0)
        self.assertEqual(wait(client.window, "the window"), window)

    def test_tray_shows_hides_and_marks_as_read(self):
        client = self.stage.client(arguments=("--hidden",))
        item = self.server.send("In the tray")
        wait(lambda: "In the tray" in DESKTOP.tray_menu(), "the menu to tell of it")
        self.assertIsNone(client.window())
        DESKTOP.choose("Mark all read")
        wait(lambda: self.server.item(item)["read_at"], "the server to know")
        DESKTOP.click_tray()
        wait(client.window, "the window")
        DESKTOP.choose("Quit")
        self.assertEqual(client.process.wait(), 0)

    def test_ends_by_sigterm_and_remembers_its_place(self):
        client = self.connected(self.stage.client())
        window = wait(client.window, "the window")
        subprocess.run(["xdotool", "windowsize", "--sync", window, "900", "600"], check=True)
        self.assertEqual(client.process.end(signal.SIGTERM), 0)
        client.start()
        client.see("Connected")
        size = subprocess.run(["xdotool", "getwindowgeometry", client.window()], capture_output=True, text=True)
        self.assertIn("900x600", size.stdout)


class Language(Case):
    def test_speaks_german_and_changes_while_it_runs(self):
        self.server.send("Fertig")
        self.server.send("Auch fertig")
        client = self.stage.client(language="de")
        client.see("Verbunden")
        client.see("Heute, 2\xa0ungelesen", "heading")
        client.keys("ctrl+comma")
        client.press("Sprache", "combo box")
        client.press("English")
        client.see("Language", "combo box")
        client.press("Inbox", "list item")
        client.see("Today, 2 unread", "heading")

    def test_is_mirrored_where_one_reads_from_right_to_left(self):
        self.server.send("One")
        client = self.connected(self.stage.client(arguments=["-reverse"]))
        middle = 1080 / 2  # of the window, as it opens first
        self.assertGreater(across(client.see("Inbox", "list item")), middle)
        client.keys("j", "question")
        self.assertLess(across(client.see("Close", "push button")), middle)  # what pops up is, too


class Search(Case):
    def test_what_is_saved_is_there_after_a_restart_and_gone_after_a_sign_out(self):
        self.server.send("Build 7", source="CI")
        self.server.send("Bill", source="Shop")
        client = self.connected(self.stage.client())
        client.see("Bill", "list item")
        client.keys("ctrl+f")
        client.type("app:ci read")
        client.gone("Bill", "list item")
        # Marked, and heard as it was written.
        client.see("Build 7, Build 7 is ready.", "list item")
        self.assertFalse([n.get_name() for n in client.nodes() if "<" in n.get_name()])
        client.press("Save this search", "push button")
        client.see("Name", "text")
        client.keys("ctrl+a")
        client.type("From CI")
        client.keys("Return")
        client.see("Saved search From CI", "check box")
        client.keys("Escape")
        client.see("Bill", "list item")

        self.assertEqual(client.process.end(), 0)
        client.start()
        self.connected(client)
        client.keys("ctrl+f")
        client.press("Saved search From CI", "check box")
        client.see("Build 7", "list item")
        client.gone("Bill", "list item")
        settings = client.home / "belfry.conf"
        self.assertIn("From CI", settings.read_text())
        client.keys("ctrl+comma")
        client.press("Sign out…", "push button")
        client.see("Sign out?")
        client.press("Sign out", "push button")
        client.see("Server", "text")
        self.assertNotIn("From CI", settings.read_text())


class SignIn(Case):
    def test_with_mail_and_password_through_the_tour_and_out_again(self):
        self.server.add_user("ada@example.org", "correct horse battery")
        client = self.stage.client(server=False, tour=True)
        client.focus("Server")
        client.type(self.server.url)
        client.see("is there")
        client.focus("Mail address")
        client.type("ada@example.org")
        client.keys("Tab")
        client.type("wrong horse battery")
        client.keys("Return")
        client.see("is wrong", "alert")
        client.keys("ctrl+a")
        client.type("correct horse battery")
        client.keys("Return")

        client.see("See how it looks")
        client.press("Send me a test")
        wait(lambda: "This is a test" in self.banners.titles(), "the banner of the test")
        client.press("Next")
        client.see("Decide what others see")
        client.press("Next")
        client.press("To the inbox")
        self.connected(client)

        client.keys("ctrl+comma")
        client.see("ada@example.org")
        client.press("Sign out…", "push button")
        client.see("Sign out?")
        client.press("Sign out", "push button")
        client.see("Server", "text")
        self.assertFalse(list((client.home / "accounts").glob("*/*.db")))

    def test_stays_signed_in_where_the_person_agreed_to_a_file(self):
        self.server.add_user("ada@example.org", "correct horse battery")
        client = self.stage.client(server=False)
        client.focus("Server")
        client.type(self.server.url)
        client.press("Keep the sign-in in a file")
        client.focus("Mail address")
        client.type("ada@example.org")
        client.keys("Tab")
        client.type("correct horse battery")
        client.keys("Return")
        self.connected(client)
        wait(lambda: list((client.home / "secrets").glob("*")), "the file of the secret")
        secret = next((client.home / "secrets").glob("*"))
        self.assertEqual(secret.stat().st_mode & 0o777, 0o600)
        self.assertEqual(client.process.end(), 0)
        client.start()
        self.connected(client)

    def test_server_that_is_none(self):
        client = self.stage.client(server=False)
        client.focus("Server")
        client.type("nowhere.invalid")
        client.see("nowhere.invalid", "alert")
        client.focus("Server")
        client.keys("ctrl+a")
        client.type("ftp://example.org")
        client.see("http", "alert")


ACTIONS = {
    "push button": "Press",
    "check box": "Toggle",
    "toggle button": "Toggle",
    "radio button": "Press",
    "list item": "Press",
    "menu item": "Press",
    "combo box": "Press",
    "link": "Press",
    "text": "SetFocus",
    "password text": "SetFocus",
}


class Accessibility(Case):
    """What one who does not see the window can do: every control has a name and an action, and the action an effect."""

    def check(self, client, place):
        """The controls on the screen."""
        controls = [node for node in client.nodes() if is_showing(node) and node.get_role_name() in ACTIONS]
        self.assertTrue(controls, place)
        for node in controls:
            role = node.get_role_name()
            name = node.get_name() or (role == "password text" and node.get_parent().get_name())
            self.assertTrue(name, f"{place}: a {role} has no name")
            self.assertIn(ACTIONS[role], actions(node), f"{place}: {role} {name!r} can't be worked")
        return controls

    def check_toggles(self, client, place):
        for node in self.check(client, place):
            if node.get_role_name() not in ("check box", "toggle button"):
                continue

            def state(node=node):
                return node.get_state_set().contains(Atspi.StateType.CHECKED)

            if not node.get_state_set().contains(Atspi.StateType.ENABLED):
                continue
            for _ in range(2):
                before = state()
                press(node)
                wait(lambda b=before, s=state: s() != b, f"{place}: {node.get_name()!r} to change")

    def picture(self, client):
        """All that a screen reader could tell now."""
        told = [client.title(), len(self.banners.shown)]
        for node in client.nodes():
            states = node.get_state_set()
            if is_showing(node):
                told.append((node.get_role_name(), node.get_name(), states.contains(Atspi.StateType.CHECKED),
                             states.contains(Atspi.StateType.FOCUSED), states.contains(Atspi.StateType.SELECTED)))
        return told

    def test_every_screen(self):
        for i in range(3):
            self.server.send(f"Build {i}", source="CI", link="https://ci.example/1",
                             actions=[{"id": "log", "title": "Open the log", "url": "https://ci.example/log"}])
        self.server.send("Payment failed", source="Billing", urgency="high", type="billing.failed")
        client = self.connected(self.stage.client())
        client.see("Payment failed", "list item")
        self.check(client, "inbox")
        client.keys("j", "Return")
        client.see("Previous")
        self.check(client, "detail")
        client.press("More", "push button")
        client.see("Why did I get this?")
        self.check(client, "menu")
        client.press("Why did I get this?")
        client.see("Why", "heading")
        self.check(client, "why")
        client.keys("Escape")
        client.gone("Why", "heading")
        client.press("Snooze", "push button")
        client.see("Choose day and time")
        self.check(client, "snooze")
        client.press("Choose day and time")
        client.see("Day", "text")
        self.check(client, "another time")
        client.keys("Escape")
        client.gone("Day", "text")
        client.keys("ctrl+1", "question")
        client.see("Keyboard shortcuts", "heading")
        self.check(client, "keys")
        client.keys("Escape")
        client.gone("Keyboard shortcuts", "heading")
        client.keys("ctrl+f")
        client.type("build")
        client.press("Save this search", "push button")
        client.see("Name", "text")
        self.check(client, "saving a search")
        client.keys("Return")
        client.see("Saved search build")
        self.check(client, "search")
        client.press("More for build", "push button")
        client.see("Rename", "menu item")
        self.check(client, "menu of a saved search")
        client.keys("Escape", "Escape")
        for page in ("Unread", "Snoozed", "Archive", "Activity", "Preferences", "Settings"):
            client.press(page, "list item")
            wait(lambda p=page: client.find(p, "list item").get_state_set().contains(Atspi.StateType.SELECTED), page)
            self.check(client, page)
        self.check_toggles(client, "settings")

    def test_first_screens(self):
        client = self.stage.client(server=False)
        client.see("Server", "text")
        self.check_toggles(client, "sign-in")
        client.press("With a token or key")
        client.see("Whose inbox")
        self.check(client, "sign-in with a key")

    def test_tour(self):
        client = self.stage.client(tour=True)
        for step, title in enumerate(("See how it looks", "Decide what others see", "Always there"), 1):
            client.see(title, "heading")
            client.see(f"Step {step} of 3", "label")
            self.check_toggles(client, title)
            self.assertEqual(bool(client.find("Back", "push button")), step > 1)
            if step < 3:
                client.press("Next", "push button")
        client.press("Back", "push button")
        client.see("Decide what others see", "heading")
        client.press("Skip", "push button")
        self.connected(client)
        client.see("All caught up")

    def test_buttons_do_something(self):
        self.server.send("Build 7", source="CI", link="https://ci.example/1")
        self.server.send("Build 8", source="CI")
        client = self.connected(self.stage.client())
        client.see("Build 8", "list item")

        def inbox():
            client.keys("ctrl+1")

        def detail():
            inbox()
            client.keys("j", "Return")
            client.see("Previous")

        def settings():
            client.keys("ctrl+comma")
            client.see("Start and window")

        for place, go in (("inbox", inbox), ("detail", detail), ("settings", settings)):
            go()
            names = [n.get_name() for n in self.check(client, place) if n.get_role_name() == "push button"
                     and n.get_state_set().contains(Atspi.StateType.ENABLED)]
            for name in names:
                # These end what the others need; the dialog for files is the desktop's.
                if name in ("Export as JSON…",):
                    continue
                go()
                node = client.find(name, "push button")
                if node is None or not node.get_state_set().contains(Atspi.StateType.ENABLED):
                    continue
                before = self.picture(client)
                press(node)
                wait(lambda b=before: self.picture(client) != b, f"{place}: an effect of {name!r}")
                client.keys("Escape", "Escape", "ctrl+z")


if __name__ == "__main__":
    unittest.main(verbosity=2)
