#!/usr/bin/env python3
"""Runs Belfry's benchmarks and prints their table: `./dev bench`.

The server is pinned to one core, the generator to another; the rounds of all scenarios alternate with those of the
null server, so that a machine that is slower for a while is so for both. Standard library only.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import resource
import subprocess
import sys

import bench_servers as servers
from bench_plan import FULL, SCENARIOS, median
from bench_servers import Failure

SOURCES = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = SOURCES / "docs" / "benchmarks.md"
BEGIN, END = "<!-- the table: ./dev bench --write -->", "<!-- end of the table -->"
SOCKETS_AT_MOST = 10_000
ATTEMPTS = 5  # at a calm run, before the calmest of them is taken


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.split("\n")[0])
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("--only", default=",".join(names), help="comma-separated: " + " ".join(names))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calm", type=float, default=0.5, metavar="PERCENT",
                        help="a run while which the host took more of the processors' time than this is repeated")
    parser.add_argument("--quick", action="store_true", help="one short round: does it work, not how fast is it")
    parser.add_argument("--count", type=int, default=1_000_000, help="notifications of the scenario `stored`")
    parser.add_argument("--binaries", type=pathlib.Path, default=SOURCES / "build" / "release" / "bin")
    parser.add_argument("--data-dir", type=pathlib.Path, help="a folder on a real disk (default: beside the binaries)")
    parser.add_argument("--json", type=pathlib.Path, help="append every report to this file, one a line")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--check", action="store_true", help="exit code 1 when a bar (at least) is missed")
    options = parser.parse_args(arguments)
    options.shown = "./dev bench" + "".join(f" --{name} {value}" for name, value in
                                            (("rounds", options.rounds), ("only", options.only)) if value !=
                                            parser.get_default(name)) + (" --quick" if options.quick else "")
    options.only = options.only.split(",")
    if unknown := sorted(set(options.only) - set(names)):
        parser.error("no such scenario: " + ", ".join(unknown))
    if options.quick:
        options.rounds, options.count = 1, min(options.count, 20_000)
    options.data_dir = options.data_dir or options.binaries.parent
    return options


def choose_cores():
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise Failure("two cores are needed: one for the server, one for the generator")
    return cores[0], cores[1]


def raise_descriptors():
    """Children inherit it: server and generator hold 10,000 sockets each."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < SOCKETS_AT_MOST + 200:
        raise Failure(f"the limit of open files is {hard}; 10,200 are needed: raise it (ulimit -Hn 20000)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Driver:
    def __init__(self, options):
        self.options = options
        self.server_core, self.own_core = choose_cores()

    def measure(self, server, label, arguments, core, folder=None, key=servers.KEY):
        """One run of belfry-bench; its report."""
        command = [str(self.options.binaries / "belfry-bench"), *arguments, "--url", server.url, "--label", label,
                   "--key", key, "--quiet"]
        for pid in server.pids:
            command += ["--server-pid", str(pid)]
        if folder is not None:
            command += ["--fdatasync-probe", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, preexec_fn=servers.pinned(core))
        if not done.stdout:
            raise Failure(done.stderr.strip() or f"belfry-bench ended with {done.returncode}")
        report = json.loads(done.stdout)
        if not report["ok"]:
            raise Failure(report["fault"])
        return report

    def calmest(self, measure):
        """What `measure` reports, repeated while the host takes more of the processors than --calm allows."""
        best = None
        for _ in range(1 if self.options.quick else ATTEMPTS):
            before = processor_times()
            report = measure()
            report["stolen"] = stolen_share(before, processor_times())
            if best is None or report["stolen"] < best["stolen"]:
                best = report
            if best["stolen"] * 100 <= self.options.calm:
                break
        return best

    def arguments_of(self, scenario):
        more = scenario.quick if self.options.quick else FULL.get(scenario.name, ())
        return (*scenario.arguments, *more)

    def measure_null(self, scenario):
        with servers.temporary(self.options.data_dir, "bench-") as folder:
            with servers.null_server(self.options.binaries, folder, self.server_core) as server:
                return self.measure(server, "null", self.arguments_of(scenario), self.own_core)

    def measure_embedded(self, scenario):
        with servers.temporary(self.options.data_dir, "bench-") as folder:
            with servers.belfryd(self.options.binaries, folder, self.server_core) as server:
                return self.measure(server, "belfryd", self.arguments_of(scenario), self.own_core, folder)

    def measure_limited(self, scenario):
        """Every bucket is looked at, and none is ever empty."""
        env = {"BELFRY_LIMIT_KEY_RATE": "1000000", "BELFRY_LIMIT_KEY_BURST": "1000000"}
        with servers.temporary(self.options.data_dir, "bench-") as folder:
            with servers.belfryd(self.options.binaries, folder, self.server_core, env=env) as server:
                key = servers.make_key(server, ["notify:write", "inbox:read"])
                return self.measure(server, "limited", self.arguments_of(scenario), self.own_core, folder, key)

    def measure_tls(self, scenario):
        with servers.temporary(self.options.data_dir, "bench-") as folder:
            certificate, key = servers.self_signed(self.options.binaries, folder)
            env = {"BELFRY_TLS_CERTIFICATE": str(certificate), "BELFRY_TLS_KEY": str(key)}
            with servers.belfryd(self.options.binaries, folder, self.server_core, env=env) as server:
                arguments = (*self.arguments_of(scenario), "--ca-file", str(certificate))
                return self.measure(server, "tls", arguments, self.own_core, folder)

    def measure_postgresql(self, scenario):
        """All three share both cores: nothing is pinned."""
        with servers.temporary(self.options.data_dir, "bench-") as folder, \
                servers.postgresql(SOURCES, self.options.data_dir) as (url, pid):
            with servers.belfryd(self.options.binaries, folder, None, env={"BELFRY_DATABASE_URL": url},
                                 extra_pids=[pid]) as server:
                return self.measure(server, "belfryd", self.arguments_of(scenario), None, folder)

    def measure_filled(self, scenario):
        """Filled once; read after a restart, whose time is measured, and when the search index has everything."""
        with servers.temporary(self.options.data_dir, "bench-") as folder:
            with servers.belfryd(self.options.binaries, folder, self.server_core) as server:
                say(f"  filling {self.options.count} notifications")
                self.measure(server, "belfryd", ("fill", "--count", str(self.options.count)), self.own_core)
            with servers.belfryd(self.options.binaries, folder, self.server_core) as server:
                servers.wait_indexed(server)
                report = self.calmest(
                    lambda: self.measure(server, "belfryd", self.arguments_of(scenario), self.own_core, folder))
                report["start_s"] = server.started_in_s
                return report

    def round_of(self, scenario):
        """One round; the generator's core awake where it has one of its own."""
        if scenario.setup == "postgresql":
            return self.measured(scenario)
        with servers.awake(self.options.binaries, self.own_core):
            return self.measured(scenario)

    def measured(self, scenario):
        """The yardstick first."""
        yardsticks = {"null": self.measure_null, "plain": self.measure_embedded}
        beside = self.calmest(lambda: yardsticks[scenario.yardstick](scenario)) if scenario.yardstick else None
        if scenario.setup == "filled":
            return {"beside": beside, "belfryd": self.measure_filled(scenario)}
        measure = getattr(self, "measure_" + scenario.setup)
        return {"beside": beside, "belfryd": self.calmest(lambda: measure(scenario))}

    def run(self):
        """{name: rounds} and {name: why it failed}; round by round over all scenarios."""
        chosen = [scenario for scenario in SCENARIOS if scenario.name in self.options.only]
        results, faults = {scenario.name: [] for scenario in chosen}, {}
        for number in range(1, self.options.rounds + 1):
            for scenario in chosen:
                # A million are stored once: what is read from them does not change by the round.
                if scenario.name in faults or (scenario.setup == "filled" and number > 1):
                    continue
                say(f"round {number} of {self.options.rounds}: {scenario.name}")
                try:
                    results[scenario.name].append(self.round_of(scenario))
                except Failure as failure:
                    faults[scenario.name] = str(failure)
                    say(f"  failed: {failure}")
                else:
                    self.keep(results[scenario.name][-1])
        return results, faults

    def keep(self, measured):
        if self.options.json is not None:
            with self.options.json.open("a", encoding="utf-8") as file:
                for report in filter(None, measured.values()):
                    file.write(json.dumps(report) + "\n")


def shown(value):
    if value is None:
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def bar_rows(scenario, rounds):
    """For each bar its row of the table, and whether it was missed."""
    share = median([each["belfryd"]["generator_cpu_share"] for each in rounds])
    bound = any(each["belfryd"]["generator_bound"] for each in rounds)
    stolen = median([each["belfryd"]["stolen"] for each in rounds])
    for bar in scenario.bars:
        values = bar.of(rounds)
        value, least = median(values), bar.least_for(rounds)
        verdict = bar.verdict(value, rounds)
        spread = f"{shown(min(values))}–{shown(max(values))}" if len(values) > 1 else ""
        yield (scenario.title if bar is scenario.bars[0] else "", bar.label,
               f"{shown(value)} {bar.unit}".strip(), spread, shown(median(bar.beside_of(rounds))),
               shown(least) if least not in (None, float("inf")) else "–", shown(bar.aim), verdict,
               f"{share:.2f}" + (" generator-bound" if bound else ""), f"{stolen:.1%}"), verdict == "missed"


HEADER = ("scenario", "figure", "median", "spread", "beside it", "at least", "aim for", "reached", "generator CPU",
          "host took")


def table_of(results, faults):
    """The rows as Markdown, and whether every bar was reached."""
    lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
    sound = not faults
    for scenario in SCENARIOS:
        if scenario.name in faults:
            lines.append(f"| {scenario.title} | failed: {faults[scenario.name].splitlines()[0]} |" + " |" * (len(HEADER) - 2))
        elif results.get(scenario.name):
            for row, missed in bar_rows(scenario, results[scenario.name]):
                lines.append("| " + " | ".join(row) + " |")
                sound = sound and not missed
    return "\n".join(lines), sound


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def processor_times(stat="/proc/stat"):
    """All times of all processors, and of them what the host gave to others (proc(5): the eighth)."""
    times = [int(word) for word in pathlib.Path(stat).read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
    return sum(times), times[7]


def stolen_share(before, after):
    passed = after[0] - before[0]
    return (after[1] - before[1]) / passed if passed > 0 else 0.0


def circumstances(options, results):
    """What one has to know to compare two tables."""
    disk = [each["belfryd"]["fdatasync_p50_ms"] for rounds in results.values() for each in rounds]
    commit = subprocess.run(["git", "-C", str(SOURCES), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return (f"{datetime.date.today()}, commit {commit.stdout.strip() or 'unknown'}, {processor()}, "
            f"{os.cpu_count()} cores, Linux {'.'.join(platform.release().split('.')[:2])}, {servers.file_system_of(options.data_dir)}, "
            f"4 KiB write + fdatasync p50 {shown(median(disk))} ms, "
            f"runs while which the host took over {options.calm:g}% of the processors' time repeated (at most "
            f"{ATTEMPTS} attempts, the calmest counts). "
            f"Median of {options.rounds} rounds: `{options.shown}`.")


def write_document(text, document=DOCUMENT):
    """Between the two marks, which are put at the end where they are missing."""
    old = document.read_text(encoding="utf-8") if document.exists() else "# Benchmarks\n"
    block = f"{BEGIN}\n{text}\n{END}"
    if BEGIN in old and END in old:
        head, rest = old.split(BEGIN, 1)
        new = head + block + rest.split(END, 1)[1]
    else:
        new = old.rstrip() + "\n\n" + block + "\n"
    document.write_text(new, encoding="utf-8")


def main(arguments):
    options = parse_arguments(arguments)
    try:
        raise_descriptors()
        servers.require_disk(options.data_dir)
        for program in ("belfryd", "belfry-bench"):
            if not (options.binaries / program).exists():
                raise Failure(f"{program} is not built: run ./dev build")
        results, faults = Driver(options).run()
    except Failure as failure:
        say(f"bench: {failure}")
        return 1
    table, sound = table_of(results, faults)
    text = circumstances(options, results) + "\n\n" + table
    print(text)
    if options.write:
        write_document(text)
    return 1 if faults or (options.check and not sound) else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
