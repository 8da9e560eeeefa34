#!/usr/bin/env python3
"""`./dev bench --quick` from end to end, with the null server in the place of belfryd.

    tst_bench_driver.py FOLDER_OF_THE_PROGRAMS
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = pathlib.Path(sys.argv.pop()).resolve()
DRIVER = pathlib.Path(__file__).resolve().parents[2] / "bench" / "bench_table.py"
STAND_IN = """#!/bin/sh
while [ $# -gt 0 ]; do
    [ "$1" = --ready-file ] && ready=$2
    shift
done
%s
"""


class DriverTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(dir=PROGRAMS.parent)
        self.addCleanup(self.folder.cleanup)
        self.programs = pathlib.Path(self.folder.name) / "bin"
        self.programs.mkdir()
        (self.programs / "belfry-bench").symlink_to(PROGRAMS / "belfry-bench")

    def stand_in(self, line):
        script = self.programs / "belfryd"
        script.write_text(STAND_IN % line, encoding="utf-8")
        script.chmod(0o755)

    def bench(self, *arguments):
        return subprocess.run([sys.executable, "-B", str(DRIVER), "--quick", "--binaries", str(self.programs),
                               *arguments], capture_output=True, text=True, timeout=50)

    def test_prints_the_table_and_keeps_the_reports(self):
        self.stand_in(f'exec {PROGRAMS}/belfry-bench null-server --ready-file "$ready"')
        reports = pathlib.Path(self.folder.name) / "reports"
        done = self.bench("--only", "direct", "--json", str(reports))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("| direct, 1,000 users online", done.stdout)
        self.assertIn("fdatasync p50", done.stdout)
        lines = [json.loads(line) for line in reports.read_text(encoding="utf-8").splitlines()]
        self.assertEqual({line["server"] for line in lines}, {"null", "belfryd"})
        left = [path.name for path in pathlib.Path(self.folder.name).iterdir()]
        self.assertEqual(sorted(left), ["bin", "reports"])

    def test_a_server_that_does_not_start_is_explained(self):
        self.stand_in('echo "no room on this disk" >&2; exit 1')
        done = self.bench("--only", "ingest")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no room on this disk", done.stdout)

    def test_programs_that_are_not_built_are_named(self):
        done = self.bench("--only", "ingest")
        self.assertEqual(done.returncode, 1)
        self.assertIn("belfryd is not built", done.stderr)


if __name__ == "__main__":
    unittest.main()
