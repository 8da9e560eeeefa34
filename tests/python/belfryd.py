"""A belfryd of a test's own, for tests in Python: private port and folder, ended with the test."""
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import urllib.request

KEY = "blf_of_a_server_that_lives_for_one_test"
START_LIMIT_S = 30
STOP_LIMIT_S = 15


class Belfryd:
    """One running server. `url` has no path."""

    def __init__(self, process, address, log):
        self.process = process
        self.url = "http://" + address
        self.socket_url = "ws://" + address
        self.log = log

    def ask(self, path, body=None, method=None):
        """The parsed answer to a request with the key; urllib's HTTPError for 4xx and 5xx."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def is_alive(self):
        return self.process.poll() is None


def _address(process, ready, log):
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline and process.poll() is None:
        if ready.exists() and ready.stat().st_size > 0:
            return json.loads(ready.read_text(encoding="utf-8"))["addresses"][0]
        time.sleep(0.01)
    raise RuntimeError("belfryd did not start: " + log.read_text(encoding="utf-8", errors="replace"))


@contextlib.contextmanager
def running(programs, *arguments, **settings):
    """belfryd from the folder `programs`, with the limits off and BELFRY_* of `settings`."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("BELFRY_")}
    env.update({"BELFRY_ADMIN_KEY": KEY, "BELFRY_LIMIT_KEY_RATE": "0", **settings})
    with tempfile.TemporaryDirectory(prefix="belfryd-") as name:
        folder = pathlib.Path(name)
        ready, log = folder / "ready.json", folder / "server.log"
        command = [str(pathlib.Path(programs) / "belfryd"), "--listen", "127.0.0.1:0", "--data-dir",
                   str(folder / "data"), "--log-level", "warning", "--ready-file", str(ready), *arguments]
        with log.open("wb") as out:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env)
            try:
                yield Belfryd(process, _address(process, ready, log), log)
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(STOP_LIMIT_S)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
