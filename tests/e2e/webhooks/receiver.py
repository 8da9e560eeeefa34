"""A receiver of webhooks that misbehaves by its path, and a belfryd of its own for a test."""
import http.server
import json
import os
import pathlib
import socket
import struct
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

KEY = "the-key-of-the-webhook-tests"
PATIENCE = 60  # s; a test that passes waits for a fraction of it


def wait_for(what, condition):
    """Polls until `condition` gives something true, and gives that."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {PATIENCE} s for: {what}")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.note(self.path, dict(self.headers), body)
        self.behave(self.path.split("/")[1])

    def do_GET(self):  # only a redirect that is followed leads here
        self.server.note("GET " + self.path, dict(self.headers), b"")
        self.answer(200)

    def behave(self, how):
        if how == "hang":
            self.server.ended.wait()
            self.close_connection = True
        elif how == "endless":
            self.endless()
        elif how == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif how == "redirect":
            self.answer(302, {"Location": "/target"})
        elif how == "busy":
            self.answer(429, {"Retry-After": "120"})
        else:
            self.answer(int(self.server.answers.get(self.path, how if how.isdigit() else 200)))

    def answer(self, status, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def endless(self):
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        try:
            while not self.server.ended.is_set():
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass  # Belfry has heard enough

    def log_message(self, *_):
        pass


class Receiver(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.ended = threading.Event()
        self.answers = {}  # path → status
        self._lock = threading.Lock()
        self._requests = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        pass  # of connections that were reset on purpose

    def url(self, path, host="127.0.0.1"):
        return f"http://{host}:{self.server_port}{path}"

    def note(self, path, headers, body):
        with self._lock:
            self._requests.append((path, headers, body))

    def requests(self, path):
        with self._lock:
            return [(headers, body) for at, headers, body in self._requests if at == path]

    def heard(self):
        with self._lock:
            return len(self._requests)

    def stop(self):
        self.ended.set()
        self.shutdown()
        self.server_close()


class Server:
    """belfryd on a free port with its data in a folder of its own."""

    def __init__(self, programs, **environment):
        self.program = programs / "belfryd"
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.clock = self.path / "clock"
        self.clock.write_text("0")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("BELFRY_")}
        self.environment |= {"BELFRY_ADMIN_KEY": KEY, "BELFRY_TEST_CLOCK": str(self.clock)} | environment
        self.start()

    def start(self):
        ready = self.path / "ready.json"
        ready.unlink(missing_ok=True)
        with (self.path / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--allow-test-clock", "--listen", "127.0.0.1:0", "--data-dir",
                 self.path / "data", "--ready-file", ready], stdout=log, stderr=log, env=self.environment)
        wait_for("belfryd", lambda: ready.exists() and ready.stat().st_size)
        self.address = json.loads(ready.read_text())["addresses"][0]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=15)
        self.folder.cleanup()

    def log(self):
        return (self.path / "log").read_text()

    def move_clock(self, seconds):
        self.clock.write_text(str(int(self.clock.read_text()) + seconds))

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://{self.address}/api/v1{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)

    def register(self, url, **more):
        status, answer = self.call("POST", "/webhooks", {"url": url} | more)
        assert status == 201, answer
        return answer["data"]

    def send(self, user, **more):
        status, answer = self.call("POST", "/notifications", {"user_id": user, "title": f"for {user}"} | more)
        assert status == 201, answer
        return answer["data"]["id"]

    def delivery(self, notification):
        """The first webhook delivery of the timeline."""
        status, answer = self.call("GET", f"/notifications/{notification}/timeline")
        assert status == 200, answer
        return next((one for one in answer["data"]["deliveries"] if one["channel"] == "webhook"), None)

    def gauge(self, name):
        with urllib.request.urlopen(f"http://{self.address}/metrics", timeout=30) as answer:
            text = answer.read().decode()
        return float(next(line for line in text.splitlines() if line.startswith(name + " ")).split()[1])

    def settled(self, notification, state):
        def look():
            delivery = self.delivery(notification)
            return delivery if delivery and delivery["state"] == state else None
        return wait_for(f"the delivery is {state}", look)
