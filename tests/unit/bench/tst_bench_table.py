#!/usr/bin/env python3
"""The driver's arithmetic: medians, ratios of the same round, bars, and the document it writes."""
import contextlib
import io
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
import bench_servers  # noqa: E402
import bench_table  # noqa: E402
from bench_plan import SCENARIOS  # noqa: E402


def scenario(name):
    return next(each for each in SCENARIOS if each.name == name)


def fanout_round(own, null, bound=False):
    def report(cpu):
        return {"server_cpu_s_per_million": cpu, "generator_cpu_share": 0.5, "generator_bound": bound, "stolen": 0.0}
    return {"belfryd": report(own), "beside": report(null)}


def rows(name, rounds):
    return [(row, missed) for row, missed in bench_table.bar_rows(scenario(name), rounds)]


class TableTest(unittest.TestCase):
    def test_the_ratio_is_taken_round_by_round(self):
        # A machine that was slow for one whole round must not move the ratio.
        rounds = [fanout_round(1.0, 2.0), fanout_round(5.0, 10.0), fanout_round(1.1, 2.0)]
        (row, missed), (cpu, _) = rows("fanout-1000", rounds)
        self.assertEqual((row[2], row[3], row[4], row[7], missed), ("0.5 x", "0.5–0.55", "2", "aim", False))
        self.assertEqual(cpu[2], "1.1 s")

    def test_verdicts(self):
        for own, verdict in ((0.55, "aim"), (0.56, "bar"), (0.9, "bar"), (0.91, "missed")):
            (row, missed), _ = rows("fanout-1000", [fanout_round(own, 1.0)])
            self.assertEqual((row[7], missed), (verdict, verdict == "missed"))

    def test_more_is_better_where_things_are_counted(self):
        def report(rate):
            return [{"beside": None, "belfryd": {"answers_per_s": rate, "server_cpu_s_per_million": 40,
                                               "generator_cpu_share": 0.2, "generator_bound": False, "stolen": 0.0}}]
        verdicts = [rows("ingest", report(rate))[0][0][7] for rate in (9_999, 10_000, 20_000)]
        self.assertEqual(verdicts, ["missed", "bar", "aim"])

    def test_the_bar_of_direct_moves_with_the_disk(self):
        def report(disk):
            own = {"p50_ms": 3, "p99_ms": 4, "fdatasync_p50_ms": disk, "generator_cpu_share": 0.2,
                   "generator_bound": False, "stolen": 0.002}
            return [{"beside": {"p50_ms": 0.1, "p99_ms": 0.2}, "belfryd": own}]
        self.assertEqual([rows("direct", report(disk))[0][0][7] for disk in (0.9, 1.0)], ["missed", "bar"])

    def test_limits_are_measured_against_the_same_without(self):
        def report(rate):
            return {"answers_per_s": rate, "server_cpu_s_per_million": 90, "generator_cpu_share": 0.2,
                    "generator_bound": False, "stolen": 0.0}
        rounds = [{"beside": report(10_000), "belfryd": report(own)} for own in (8_400, 8_500, 9_000)]
        (rate, missed), (cpu, _) = rows("ingest-limited", rounds)
        self.assertEqual((rate[2], rate[4], rate[7], missed), ("0.85 x", "10,000", "bar", False))
        self.assertEqual((cpu[2], cpu[4], cpu[5], cpu[6], cpu[7]), ("90 s", "90", "–", "–", ""))  # no bar

    def test_a_generator_at_its_limit_is_named(self):
        (row, _), _ = rows("fanout-1000", [fanout_round(1, 1, bound=True)])
        self.assertIn("generator-bound", row[8])

    def test_a_failed_scenario_stays_in_the_table(self):
        table, sound = bench_table.table_of({}, {"idle": "no such socket\nmore"})
        self.assertIn("| failed: no such socket |", table)
        self.assertFalse(sound)
        self.assertEqual(len({line.count("|") for line in table.splitlines()}), 1)

    def test_time_that_the_host_took_is_a_share_of_all(self):
        with tempfile.TemporaryDirectory() as folder:
            stat = pathlib.Path(folder) / "stat"
            stat.write_text("cpu  100 10 50 800 20 5 5 10 7 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n", encoding="ascii")
            self.assertEqual(bench_table.processor_times(stat), (1000, 10))
        self.assertEqual(bench_table.stolen_share((1000, 10), (1200, 20)), 0.05)
        self.assertEqual(bench_table.stolen_share((1000, 10), (1000, 10)), 0.0)
        self.assertEqual(len(bench_table.processor_times()), 2)

    def test_a_run_that_the_host_disturbed_is_repeated_and_the_calmest_counts(self):
        def calmest(calm, stolen):
            """What is kept where each run of 1,000 ticks lost `stolen` of them, and how many runs it took."""
            times = [(1000 * i, sum(stolen[:i])) for i in range(len(stolen) + 1)]
            readings = iter([reading for before, after in zip(times, times[1:]) for reading in (before, after)])
            runs = iter(range(1, len(stolen) + 1))
            driver = bench_table.Driver(bench_table.parse_arguments(["--calm", str(calm)]))
            with unittest.mock.patch.object(bench_table, "processor_times", lambda: next(readings)):
                return driver.calmest(lambda: {"run": next(runs)}), next(runs, len(stolen) + 1) - 1
        self.assertEqual(calmest(0.5, [4, 90]), ({"run": 1, "stolen": 0.004}, 1))
        self.assertEqual(calmest(0.5, [90, 20, 3, 0]), ({"run": 3, "stolen": 0.003}, 3))
        self.assertEqual(calmest(0.5, [90, 20, 30, 40, 50, 0]), ({"run": 2, "stolen": 0.02}, 5))

    def test_the_document_keeps_what_is_around_the_table(self):
        with tempfile.TemporaryDirectory() as folder:
            document = pathlib.Path(folder) / "benchmarks.md"
            document.write_text(f"# B\nbefore\n{bench_table.BEGIN}\nold\n{bench_table.END}\nafter\n", encoding="utf-8")
            bench_table.write_document("new", document)
            self.assertEqual(document.read_text(encoding="utf-8"),
                             f"# B\nbefore\n{bench_table.BEGIN}\nnew\n{bench_table.END}\nafter\n")
            document.unlink()
            bench_table.write_document("first", document)
            self.assertTrue(document.read_text(encoding="utf-8").endswith(f"first\n{bench_table.END}\n"))


class OptionsTest(unittest.TestCase):
    def test_unknown_scenarios_are_refused(self):
        complaint = io.StringIO()
        with contextlib.redirect_stderr(complaint), self.assertRaises(SystemExit):
            bench_table.parse_arguments(["--only", "ingest,dance"])
        self.assertIn("dance", complaint.getvalue())

    def test_the_command_in_the_document_names_no_folder(self):
        options = bench_table.parse_arguments(["--rounds", "3", "--data-dir", "/x", "--only", "idle"])
        self.assertEqual(options.shown, "./dev bench --rounds 3 --only idle")

    def test_a_folder_in_memory_is_refused(self):
        with unittest.mock.patch("bench_servers.file_system_of", return_value="tmpfs"):
            with self.assertRaises(bench_servers.Failure):
                bench_servers.require_disk(pathlib.Path("/x"))
        bench_servers.require_disk(pathlib.Path("/proc"))


if __name__ == "__main__":
    unittest.main()
