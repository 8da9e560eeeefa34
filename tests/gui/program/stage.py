"""A desktop for one test: a real server, a notification service, a panel, and the client with its window.

Runs inside tests/support/with_display.sh, whose X server and session bus it uses. Everything that is started here ends
with the stage. The window is read and worked as a screen reader does (AT-SPI); keys and clicks come from xdotool.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import warnings

import dbus
import dbus.bus
import dbus.lowlevel
import dbus.mainloop.glib
import dbus.service
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

BIN = pathlib.Path(os.environ["BELFRY_BIN_DIR"])
SOURCE = pathlib.Path(os.environ["BELFRY_SOURCE_DIR"])
ADMIN_KEY = "blf_" + "k" * 43
PATIENCE = 20.0  # seconds, for what should take none

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)


def wait(condition, what):
    """What `condition` answers as soon as that is true; events of the bus are taken meanwhile."""
    end = time.monotonic() + PATIENCE
    context = GLib.MainContext.default()
    while True:
        while context.pending():
            context.iteration(False)
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.01)


class Process:
    """A program, ended at the latest with the stage."""

    def __init__(self, arguments, environment=None, log=None):
        self.log = pathlib.Path(log) if log else None
        with open(self.log or os.devnull, "wb") as output:
            self.process = subprocess.Popen(
                [str(a) for a in arguments], env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT)

    def tell(self, number):
        self.process.send_signal(number)

    def wait(self):
        return self.process.wait(PATIENCE)

    def end(self, number=signal.SIGTERM):
        """The exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(number)
        try:
            return self.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"{self.process.args[0]} does not end by signal {number}")

    def text(self):
        return self.log.read_text(errors="replace") if self.log else ""


class Server:
    def __init__(self, folder):
        self.folder = folder
        self.process = None
        self.port = 0
        self.start()

    def start(self):
        ready = self.folder / "ready.json"
        ready.unlink(missing_ok=True)
        self.process = Process(
            [BIN / "belfryd", "serve", "--listen", f"127.0.0.1:{self.port}", "--data-dir", self.folder / "data",
             "--ready-file", ready, "--log-level", "warning"],
            {"BELFRY_ADMIN_KEY": ADMIN_KEY},
            self.folder / "server.log",
        )
        wait(lambda: self.process.process.poll() is not None or ready.exists() and ready.stat().st_size, "the server")
        if self.process.process.poll() is not None:
            raise AssertionError(self.process.text())
        self.port = int(json.loads(ready.read_text())["addresses"][0].rsplit(":", 1)[1])

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def kill(self):
        self.process.end(signal.SIGKILL)

    def ask(self, path, body=None, method=None, key=ADMIN_KEY):
        request = urllib.request.Request(
            self.url + path,
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.loads(answer.read()).get("data")
        except urllib.error.HTTPError as problem:
            raise AssertionError(f"{path}: {problem.read().decode()}") from problem

    def send(self, title, user="ada", **more):
        """The id of the notification."""
        body = {"user_id": user, "type": "build.done", "title": title, "message": f"{title} is ready.", **more}
        return self.ask("/api/v1/notifications", body)["id"]

    def item(self, item_id, user="ada"):
        return self.ask(f"/api/v1/users/{user}/inbox/{item_id}")

    def do(self, op, item_id, user="ada"):
        """As another device does it."""
        ops = {"ops": [{"op_id": f"{op}-{item_id}", "set": op, "ids": [item_id]}]}
        return self.ask(f"/api/v1/users/{user}/inbox/ops", ops)

    def counts(self, user="ada"):
        return self.ask(f"/api/v1/users/{user}/inbox/counts")

    def add_user(self, email, password):
        done = subprocess.run(
            [BIN / "belfryd", "users", "create", "--email", email, "--data-dir", self.folder / "data"],
            input=password + "\n", capture_output=True, text=True, timeout=PATIENCE,
            env={**os.environ, "BELFRY_ADMIN_KEY": ADMIN_KEY})
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)


class Banners:
    """What the notification service was asked, and what a person does with it there."""

    NAME = "org.freedesktop.Notifications"

    def __init__(self, bus):
        self.bus = bus
        self.shown = []  # arguments of Notify
        self.closed = []  # ids
        match = f"eavesdrop=true,type=method_call,interface={self.NAME}"
        bus.add_match_string(match)
        bus.add_message_filter(self._take)

    def _take(self, _connection, message):
        if message.get_interface() != self.NAME or message.get_type() != 1:  # a call
            return dbus.lowlevel.HANDLER_RESULT_NOT_YET_HANDLED
        if message.get_member() == "Notify":
            self.shown.append(message.get_args_list())
        elif message.get_member() == "CloseNotification":
            self.closed.append(int(message.get_args_list()[0]))
        return dbus.lowlevel.HANDLER_RESULT_HANDLED  # only overheard: no answer from here

    def titles(self):
        return [str(arguments[3]) for arguments in self.shown]

    def _dunst(self):
        return self.bus.get_object(self.NAME, "/org/freedesktop/Notifications")

    def displayed(self):
        return int(self._dunst().Get("org.dunstproject.cmd0", "displayedLength",
                                     dbus_interface="org.freedesktop.DBus.Properties"))

    def clear(self):
        self._dunst().NotificationCloseAll(dbus_interface="org.dunstproject.cmd0")
        wait(lambda: self.displayed() == 0, "an empty screen")
        self.shown.clear()
        self.closed.clear()

    def click(self):
        """The only one on the screen: its default action. (dunst 1.9 takes no other place than the first.)"""
        wait(lambda: self.displayed() == 1, "one banner")
        self._dunst().NotificationAction(dbus.UInt32(0), dbus_interface="org.dunstproject.cmd0")


class Client:
    """`belfry`, with a home of its own. `environment` may move it to another bus."""

    def __init__(self, home, server=None, user="ada", arguments=(), environment=None):
        self.home = home
        self.home.mkdir(exist_ok=True)
        self.server = server
        self.user = user
        self.environment = environment or {}
        self.runs = 0
        self.start(*arguments)

    def start(self, *arguments):
        self.runs += 1
        environment = {
            "BELFRY_HOME": str(self.home),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "en",
            "TZ": "Europe/Berlin",
            **self.environment,
        }
        if self.server:
            environment |= {"BELFRY_SERVER": self.server.url, "BELFRY_USER": self.user, "BELFRY_KEY": ADMIN_KEY}
        self.process = Process([BIN / "belfry", *arguments], environment, self.home / f"log.{self.runs}")

    # ---- the window, as a screen reader knows it

    def root(self):
        """The program's node in the tree of all; None: not there (yet)."""
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            try:
                if child is not None and child.get_process_id() == self.process.process.pid:
                    return child
            except GLib.Error:
                continue
        return None

    def nodes(self):
        root = self.root()
        return list(walk(root)) if root is not None else []

    def find(self, name, role=None, whole=False):
        """The first node on the screen with this in its name, or for it; None: none."""
        for node in self.nodes():
            try:
                if (name == node.get_name() if whole else name in node.get_name()) and (role is None or node.get_role_name() == role) and is_showing(node):
                    return node
            except GLib.Error:
                continue
        return None

    def see(self, name, role=None):
        try:
            return wait(lambda: self.find(name, role), f"{name!r} in the window")
        except AssertionError as error:
            there = [f"{n.get_role_name()} {n.get_name()!r}" for n in self.nodes() if is_showing(n)]
            raise AssertionError(f"{error}; there is:\n  " + "\n  ".join(there)) from None

    def gone(self, name, role=None):
        wait(lambda: not self.find(name, role), f"{name!r} to go")

    def focus(self, name, role="text"):
        self.see(name, role).grab_focus()

    def press(self, name, role=None):
        """Of several with this in their names the one that is called so."""
        self.see(name, role)
        press(self.find(name, role, whole=True) or self.find(name, role))

    def title(self):
        root = self.root()
        frame = root.get_child_at_index(0) if root is not None and root.get_child_count() else None
        return frame.get_name() if frame is not None else ""

    def is_open(self):
        root = self.root()
        return root is not None and any(is_showing(root.get_child_at_index(i)) for i in range(root.get_child_count()))

    def window(self):
        """Its number in the X server."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.process.pid)],
                               capture_output=True, text=True)
        return found.stdout.split()[-1] if found.stdout.split() else None

    def activate(self):
        window = wait(self.window, "the window")
        subprocess.run(["xdotool", "windowactivate", "--sync", window], check=True, timeout=PATIENCE)

    def keys(self, *keys):
        self.activate()
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True, timeout=PATIENCE)

    def type(self, text):
        self.activate()
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True, timeout=PATIENCE)


def walk(node):
    yield node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield from walk(child)


def is_showing(node):
    """On the screen. Popups of Qt have no state of their own: what is in them has."""
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def actions(node):
    """Names of what can be done with it."""
    # A deprecation without a successor in this version; unittest turns every warning on again.
    warnings.simplefilter("ignore", DeprecationWarning)
    count = node.get_n_actions() if "Action" in node.get_interfaces() else 0
    return [node.get_action_name(i) for i in range(count)]


def press(node):
    names = actions(node)
    wanted = next((i for i, name in enumerate(names) if name in ("Press", "Toggle")), None)
    if wanted is None:
        raise AssertionError(f"{node.get_role_name()} {node.get_name()!r} can't be pressed: {names}")
    node.do_action(wanted)


class ReadersOfFirst(dbus.service.Object):
    """On another bus: where the screen readers are that the first one has."""

    def __init__(self, bus, address):
        super().__init__(bus, "/org/a11y/bus")
        self.address = address

    @dbus.service.method("org.a11y.Bus", out_signature="s")
    def GetAddress(self):
        return self.address

    @dbus.service.method("org.freedesktop.DBus.Properties", in_signature="ss", out_signature="v")
    def Get(self, _interface, _name):
        return True

    @dbus.service.method("org.freedesktop.DBus.Properties", in_signature="s", out_signature="a{sv}")
    def GetAll(self, _interface):
        return {"IsEnabled": True, "ScreenReaderEnabled": True}


class Desktop:
    """What surrounds the clients of all tests: window manager, screen readers' bus, notification service, panel."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="belfry-desktop-"))
        self.processes = []
        self.bus = dbus.SessionBus(private=True)
        try:
            self.run(["openbox", "--sm-disable"])
            wait(lambda: b"window id" in subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"],
                                                        capture_output=True).stdout, "the window manager")
            self.run(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
            self.owner("org.a11y.Bus")
            self.run(["dunst", "-conf", SOURCE / "tests/gui/program/dunstrc"])
            self.owner("org.freedesktop.Notifications")
            self.run(["/usr/bin/python3", "-m", "dbusmock", "--session", "--template",
                      SOURCE / "tests/integration/desktop/panel_template.py"])
            self.owner("org.kde.StatusNotifierWatcher")
        except BaseException:
            self.close()
            raise
        self.banners = Banners(self.bus)

    def run(self, arguments):
        self.processes.append(Process(arguments, log=self.folder / f"{len(self.processes)}.log"))

    def owner(self, name):
        wait(lambda: self.bus.name_has_owner(name), name)

    def other_bus(self):
        """The environment of a client beside the first one, as there is one client on a bus."""
        process = Process(["dbus-daemon", "--session", "--nofork", "--nosyslog", f"--address=unix:dir={self.folder}",
                           "--print-address=1"], log=self.folder / f"{len(self.processes)}.log")
        self.processes.append(process)
        address = wait(lambda: process.text().split("\n")[0], "another bus")
        readers = self.bus.get_object("org.a11y.Bus", "/org/a11y/bus").GetAddress(dbus_interface="org.a11y.Bus")
        bus = dbus.bus.BusConnection(address)
        bus.request_name("org.a11y.Bus")
        ReadersOfFirst(bus, readers)
        return {"DBUS_SESSION_BUS_ADDRESS": address}

    def tray(self):
        """The bus name of the client's tray icon, once it is there."""
        watcher = self.bus.get_object("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")

        def newest():
            calls = watcher.GetMethodCalls("RegisterStatusNotifierItem", dbus_interface="org.freedesktop.DBus.Mock")
            names = [arguments[0] for _, arguments in calls]
            return names[-1] if names and self.bus.name_has_owner(names[-1]) else None

        return wait(newest, "a tray icon")

    def click_tray(self):
        item = self.bus.get_object(self.tray(), "/StatusNotifierItem")
        item.Activate(0, 0, dbus_interface="org.kde.StatusNotifierItem")

    def tray_menu(self):
        """Label: id of what the menu of the tray icon offers now."""
        menu = self.bus.get_object(self.tray(), "/MenuBar")
        _, layout = menu.GetLayout(0, -1, ["label", "visible"], dbus_interface="com.canonical.dbusmenu")
        return {str(p.get("label", "")).replace("_", ""): int(i) for i, p, _ in layout[2] if p.get("visible", True)}

    def choose(self, label):
        menu = self.bus.get_object(self.tray(), "/MenuBar")
        menu.Event(self.tray_menu()[label], "clicked", dbus.String("", variant_level=1), dbus.UInt32(0),
                   dbus_interface="com.canonical.dbusmenu")

    def close(self):
        for process in reversed(self.processes):
            process.end()  # kindly: the launcher of the readers' bus ends that bus
        shutil.rmtree(self.folder, ignore_errors=True)


class Stage:
    """A server and clients of one test, on the desktop of all."""

    def __init__(self, desktop):
        self.desktop = desktop
        self.banners = desktop.banners
        self.banners.clear()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="belfry-stage-"))
        self.clients = []
        (self.folder / "server").mkdir()
        self.server = Server(self.folder / "server")

    def client(self, name="home", server=True, tour=False, language="", **more):
        home = self.folder / name
        home.mkdir(exist_ok=True)
        done = str(not tour).lower()
        (home / "belfry.conf").write_text(
            f"[start]\ntourDone={done}\nknowsTray=true\n[look]\nlanguage={language}\n")
        client = Client(home, self.server if server else None, **more)
        self.clients.append(client)
        return client

    def close(self):
        complaints = []
        for client in self.clients:
            client.process.end()
            complaints += [text for run in range(1, client.runs + 1)
                           if (text := (client.home / f"log.{run}").read_text(errors="replace"))]
        self.server.process.end()
        shutil.rmtree(self.folder, ignore_errors=True)
        # Warnings of QML, of Qt, of the client: none is normal.
        if complaints:
            raise AssertionError("the client said:\n" + "\n".join(complaints))
