"""Starts and ends what belfry-bench measures: belfryd on a fresh data folder, the null server, PostgreSQL."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

KEY = "blf_bench_key_of_a_server_that_lives_for_one_run"
START_LIMIT_S = 60
STOP_LIMIT_S = 30
INDEX_LIMIT_S = 600
MEMORY_FILE_SYSTEMS = ("tmpfs", "ramfs")


class Failure(Exception):
    """Something that the user has to know in one line."""


def file_system_of(folder):
    found = subprocess.run(["stat", "-f", "-c", "%T", str(folder)], capture_output=True, text=True, check=True)
    return found.stdout.strip()


def require_disk(folder):
    """A commit to a folder in memory costs nothing: its figures would be no answer to anything."""
    if file_system_of(folder) in MEMORY_FILE_SYSTEMS:
        raise Failure(f"{folder} lies in memory; name a folder on a disk with --data-dir (PostgreSQL: TMPDIR)")


def pinned(core):
    """What a child does before it starts: stay on this core; `None` leaves it free."""
    return (lambda: os.sched_setaffinity(0, {core})) if core is not None else None


class Server:
    """One running process that wrote a ready file."""

    def __init__(self, process, ready, started_in_s, extra_pids=()):
        self.process = process
        self.url = ready.get("urls", ["http://" + ready["addresses"][0]])[0]
        self.started_in_s = started_in_s
        self.pids = [process.pid, *extra_pids]


def wait_ready(process, ready_file, log):
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if ready_file.exists() and ready_file.stat().st_size > 0:
            return json.loads(ready_file.read_text(encoding="utf-8"))
        time.sleep(0.002)
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]
    raise Failure("the server did not start: " + (" | ".join(last) or f"no answer in {START_LIMIT_S} s"))


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def running(command, folder, core=None, env=None, extra_pids=()):
    """Runs `command --ready-file …` on `core` as long as the block lasts."""
    ready_file, log = folder / "ready.json", folder / "server.log"
    ready_file.unlink(missing_ok=True)
    begin = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen([*command, "--ready-file", str(ready_file)], stdout=out, stderr=out,
                                   stdin=subprocess.DEVNULL, env=env, preexec_fn=pinned(core))
        try:
            ready = wait_ready(process, ready_file, log)
            yield Server(process, ready, time.monotonic() - begin, extra_pids)
        finally:
            end(process)


@contextlib.contextmanager
def awake(binaries, core):
    """As long as the block lasts this core does not sleep, and is free for everybody all the same."""
    spinner = subprocess.Popen([str(binaries / "belfry-bench"), "keep-awake"], stdin=subprocess.DEVNULL,
                               preexec_fn=pinned(core))
    try:
        yield
    finally:
        spinner.kill()
        spinner.wait()


@contextlib.contextmanager
def temporary(parent, prefix):
    folder = pathlib.Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def belfryd_env(**more):
    """Nothing of the caller's own configuration; limits off, where `more` does not say otherwise."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("BELFRY_")}
    return {**env, "BELFRY_ADMIN_KEY": KEY, "BELFRY_LIMIT_KEY_RATE": "0", **more}


def belfryd(binaries, folder, core, **more):
    """belfryd with its data in `folder`, which may already hold some."""
    command = [str(binaries / "belfryd"), "--listen", "127.0.0.1:0", "--data-dir", str(folder / "data"),
               "--log-level", "warning"]
    return running(command, folder, core, belfryd_env(**more.get("env", {})), more.get("extra_pids", ()))


def make_key(server, scopes):
    """A key as an operator makes one: it can do no more than it is for."""
    body = json.dumps({"name": "bench", "scopes": scopes}).encode()
    request = urllib.request.Request(server.url + "/api/v1/admin/api-keys", data=body, method="POST", headers={
        "Authorization": f"Bearer {KEY}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["data"]["key"]


def self_signed(binaries, folder):
    """A certificate and its key, as files."""
    made = subprocess.run([str(binaries / "belfryd"), "tls", "self-signed", "--data-dir", str(folder), "--host",
                           "127.0.0.1"], capture_output=True, text=True)
    if made.returncode != 0:
        raise Failure("no certificate: " + made.stderr.strip())
    return folder / "tls.crt", folder / "tls.key"


def search_lag(server):
    """How many notifications the search index does not have yet."""
    request = urllib.request.Request(server.url + "/metrics", headers={"Authorization": f"Bearer {KEY}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        for line in answer.read().decode().splitlines():
            if line.startswith("belfry_search_lag "):
                return float(line.split()[1])
    raise Failure("the server has no metric belfry_search_lag")


def wait_indexed(server):
    """What is stored is at rest once the search index has all of it."""
    deadline = time.monotonic() + INDEX_LIMIT_S
    while search_lag(server) > 0:
        if time.monotonic() > deadline:
            raise Failure(f"the search index was not complete within {INDEX_LIMIT_S} s")
        time.sleep(0.5)


def null_server(binaries, folder, core):
    return running([str(binaries / "belfry-bench"), "null-server"], folder, core)


@contextlib.contextmanager
def postgresql(sources, parent):
    """A PostgreSQL of its own with its durable defaults; yields its URL and the number of its first process."""
    script = sources / "tests" / "servers" / "pg.sh"
    with temporary(parent, "pg-env-") as folder:
        env_file = folder / "env"
        env = {**os.environ, "TMPDIR": str(parent)} if len(str(parent)) <= 60 else None
        started = subprocess.run([str(script), "start", "--durable", "--watch", str(os.getpid()), str(env_file)],
                                 capture_output=True, text=True, env=env)
        if started.returncode != 0:
            raise Failure("PostgreSQL did not start: " + started.stderr.strip())
        try:
            values = dict(line.split("=", 1) for line in env_file.read_text(encoding="utf-8").split())
            server_folder = pathlib.Path(values["BELFRY_TEST_PG_SOCKET"])
            require_disk(server_folder)
            pid = int((server_folder / "pid").read_text(encoding="utf-8"))
            yield values["BELFRY_DATABASE_URL"], pid
        finally:
            subprocess.run([str(script), "stop", str(env_file)], capture_output=True)
