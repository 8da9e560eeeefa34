#!/usr/bin/env python3
"""Every line to paste of docs/api.md works as it stands there, in the order of the page.

    tst_api_examples.py FOLDER_OF_THE_PROGRAMS
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TESTS / "python"))
import belfryd  # noqa: E402

PROGRAMS = sys.argv.pop()
PAGE = TESTS.parent / "docs" / "api.md"
# The status goes to where no body is; a stream has no end of its own.
SHELL = """curl() {
    command curl -sS --max-time "$LIMIT_S" -w '%{stderr}status %{http_code}\\n' "$@"
}
"""
WAIT_S = 10
STREAM_S = 1
TIMED_OUT = 28  # curl(1), exit codes


def commands():
    """Each curl of the page with the status that its comment names, if it does: behind it or on the next line."""
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        lines = block.replace("\\\n", " ").splitlines()
        for line, following in zip(lines, [*lines[1:], ""]):
            if line.startswith("curl "):
                said = re.search(r"\s#\s*(\d{3})\b", line) or re.match(r"#\s*(\d{3})\b", following)
                yield re.sub(r"\s+#\s.*$", "", line), said and said.group(1)


class ApiExamples(unittest.TestCase):
    def run_line(self, server, line):
        made = server.ask("/api/v1/notifications", {"user_id": "anna", "title": "for the example"})["data"]
        streams = " -N " in line
        done = subprocess.run(
            ["bash", "-c", SHELL + line], capture_output=True, text=True, timeout=WAIT_S * 2,
            env={"PATH": os.environ["PATH"], "B": server.url, "K": belfryd.KEY, "ID": made["id"],
                 "A": f"Authorization: Bearer {belfryd.KEY}", "LIMIT_S": str(STREAM_S if streams else WAIT_S)})
        self.assertIn(done.returncode, (TIMED_OUT,) if streams else (0,), line + "\n" + done.stderr)
        return re.search(r"status (\d+)", done.stderr).group(1), done.stdout

    def test_every_line_works(self):
        self.assertTrue(shutil.which("curl"))
        known = list(commands())
        self.assertGreater(len(known), 15)
        with belfryd.running(PROGRAMS) as server:
            for line, said in known:
                with self.subTest(line):
                    status, body = self.run_line(server, line)
                    self.assertTrue(body)
                    if said:
                        self.assertEqual(status, said, body)
                    else:
                        self.assertRegex(status, "^2", body)


if __name__ == "__main__":
    unittest.main()
