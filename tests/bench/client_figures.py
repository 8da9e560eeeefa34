"""What the desktop client costs (issue: first frame, memory, idle, a burst), as one table.

tests/support/with_display.sh /usr/bin/python3 -B tests/bench/client_figures.py [--rounds N]

A release build, drawn in software, 10,000 notifications in the inbox. Needs a quiet machine: times are of this one.
"""

import argparse
import json
import os
import pathlib
import re
import select
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("BELFRY_BIN_DIR", ROOT / "build/release/bin"))
KEY = "blf_" + "k" * 43
ITEMS = 10_000
IDLE = 40  # seconds


def start_server(folder):
    ready = folder / "ready.json"
    process = subprocess.Popen(
        [BIN / "belfryd", "serve", "--listen", "127.0.0.1:0", "--data-dir", folder / "data", "--ready-file", ready,
         "--log-level", "error"], env={**os.environ, "BELFRY_ADMIN_KEY": KEY, "BELFRY_LIMIT_KEY_RATE": "0"})
    while not (ready.exists() and ready.stat().st_size):
        time.sleep(0.02)
    return process, "http://" + json.loads(ready.read_text())["addresses"][0]


def send(url, count, title):
    for begin in range(0, count, 1000):
        items = [{"user_id": "ada", "type": f"type{i % 7}.event", "title": f"{title} {i}", "source": f"App {i % 12}",
                  "message": "The build of the main branch took four minutes and all of its tests passed."}
                 for i in range(begin, min(begin + 1000, count))]
        request = urllib.request.Request(url + "/api/v1/notifications:batch", json.dumps(items).encode(),
                                         {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=60).read()


class Client:
    def __init__(self, home, url, rules="belfry.start.debug=true"):
        home.mkdir(exist_ok=True)
        (home / "belfry.conf").write_text("[start]\ntourDone=true\nknowsTray=true\n")
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [BIN / "belfry"], stderr=subprocess.PIPE, bufsize=0,
            env={**os.environ, "BELFRY_HOME": str(home), "BELFRY_SERVER": url, "BELFRY_USER": "ada", "BELFRY_KEY": KEY,
                 "QT_LOGGING_RULES": rules})
        self.stalls = []
        self.first_frame = None

    def listen(self, until):
        """Takes what it says until the condition holds."""
        end = time.monotonic() + 60
        while not until():
            if time.monotonic() > end:
                raise SystemExit(f"the client does not get there: {self.title()!r}, first frame {self.first_frame}")
            if not select.select([self.process.stderr], [], [], 0.05)[0]:
                continue
            for line in os.read(self.process.stderr.fileno(), 65536).decode().splitlines():
                if "first frame" in line:
                    self.first_frame = (time.monotonic() - self.began) * 1000
                elif found := re.search(r"belfry.stall: (\d+) ms", line):
                    self.stalls.append(int(found[1]))

    def listen_for(self, seconds):
        end = time.monotonic() + seconds
        self.listen(lambda: time.monotonic() > end)

    def title(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               capture_output=True, text=True).stdout.split()
        if not found:
            return ""
        return subprocess.run(["xdotool", "getwindowname", found[-1]], capture_output=True, text=True).stdout

    def status(self, name):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1])

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def one_round(folder, url, expected):
    home = folder / "home"
    client = Client(home, url)
    client.listen(lambda: client.first_frame and f"{expected} unread" in client.title())
    client.listen_for(2)
    frame, rss = client.first_frame, client.status("VmRSS") / 1024

    cpu, switches = client.cpu(), client.status("voluntary_ctxt_switches")
    client.listen_for(IDLE)
    idle_cpu = (client.cpu() - cpu) / IDLE * 100
    idle_wakes = (client.status("voluntary_ctxt_switches") - switches) / IDLE

    client.end()

    # Who looks for standstills wakes often, so this is another run.
    client = Client(home, url, "belfry.start.debug=true;belfry.stall.debug=true")
    client.listen(lambda: client.first_frame and f"{expected} unread" in client.title())
    client.listen_for(2)
    client.stalls.clear()
    cpu = client.cpu()
    send(url, 1000, "Burst")
    client.listen(lambda: f"{expected + 1000} unread" in client.title())
    client.listen_for(1)
    burst = max(client.stalls, default=0)
    burst_cpu = client.cpu() - cpu
    client.end()
    return {"first frame (ms)": frame, "RSS (MB)": rss, "CPU at idle (%)": idle_cpu, "wake-ups at idle (1/s)": idle_wakes,
            "longest standstill, 1,000 arrivals (ms; below 50: 0)": burst, "CPU of them (s)": burst_cpu}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        manager = subprocess.Popen(["openbox", "--sm-disable"], stderr=subprocess.DEVNULL)
        server, url = start_server(folder)
        try:
            send(url, ITEMS, "Build")
            warm = Client(folder / "home", url)  # the first start of all loads them
            warm.listen(lambda: warm.first_frame and f"{ITEMS} unread" in warm.title())
            warm.listen_for(2)
            warm.end()
            results = [one_round(folder, url, ITEMS + 1000 * i) for i in range(rounds)]
        finally:
            server.terminate()
            server.wait(20)
            manager.terminate()
    print(f"| | median of {rounds} | all |\n|---|---|---|")
    for what in results[0]:
        values = [r[what] for r in results]
        told = ", ".join(f"{v:.1f}" for v in values)
        print(f"| {what} | {statistics.median(values):.1f} | {told} |")


if __name__ == "__main__":
    main()
