#!/usr/bin/env python3
"""/openapi.json is true: Schemathesis asks every operation of a running server, with and without a credential.

    tst_openapi_holds.py FOLDER_OF_THE_PROGRAMS
"""
import json
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
import belfryd  # noqa: E402

PROGRAMS = sys.argv.pop()
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "negative_data_rejection", "unsupported_method", "ignored_auth",
          "allow_header_conformance")
RUN_LIMIT_S = 400  # on a busy machine
# The stream answers by staying open; what it says is tested by hand below.
STREAM = "/api/v1/users/{user}/stream"


class OpenApiHolds(unittest.TestCase):
    def conform(self, *more, **settings):
        """Fixed seeds: a change of the server fails here, not the luck of a day."""
        with belfryd.running(PROGRAMS, **settings) as server:
            command = [str(pathlib.Path(sys.executable).parent / "st"), "run", server.url + "/openapi.json",
                       "--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing", "--max-examples", "15",
                       "--seed", "4711", "--continue-on-failure", "--request-timeout", "10", "--no-color",
                       "--exclude-path", STREAM, "--warnings", "off", *more]
            with server.log.with_name("reports").open("w+", encoding="utf-8") as out:
                done = subprocess.run(command, stdout=out, stderr=out, cwd=server.log.parent, timeout=RUN_LIMIT_S)
                out.seek(0)
                self.assertEqual(done.returncode, 0, out.read())
            self.assertTrue(server.is_alive())
            self.assertEqual(server.log.read_text(encoding="utf-8", errors="replace"), "")

    def test_with_a_key(self):
        self.conform("--header", f"Authorization: Bearer {belfryd.KEY}")

    def test_without_a_credential_from_this_machine(self):
        self.conform()

    def test_without_a_credential_where_nothing_is_open(self):
        self.conform(BELFRY_LEGACY_OPEN="never")

    def test_the_stream_answers_as_it_is_told(self):
        with belfryd.running(PROGRAMS) as server:
            told = server.ask("/openapi.json")["paths"][STREAM]["get"]["responses"]["200"]
            done = subprocess.run(["curl", "-sS", "--max-time", "2", "-D", "-", "-o", "-", "-H",
                                   f"Authorization: Bearer {belfryd.KEY}",
                                   server.url + STREAM.replace("{user}", "ada") + "?since=0"],
                                  capture_output=True, text=True, timeout=20)
            head, events = done.stdout.replace("\r\n", "\n").split("\n\n", 1)
            names = {line.split(":")[0].lower() for line in head.splitlines()[1:]}
            required = {name.lower() for name, header in told["headers"].items()
                        if name.startswith(("X-", "trace"))}
            self.assertIn("200", head.splitlines()[0])
            self.assertTrue(required and required <= names, (required, names))
            self.assertIn("content-type: " + next(iter(told["content"])), head.lower())
            self.assertIn("event: welcome", events)

    def test_the_tail_tells_what_is_committed(self):
        with belfryd.running(PROGRAMS) as server:
            tail = subprocess.Popen(["curl", "-sSN", "--max-time", "20", "-H", f"Authorization: Bearer {belfryd.KEY}",
                                     "-H", "Accept: text/event-stream",
                                     server.url + "/api/v1/admin/events?user_id=ada"],
                                    stdout=subprocess.PIPE, text=True)
            with tail.stdout as out:
                try:
                    self.assertIn("event: live\n", out)
                    server.ask("/api/v1/notifications", {"user_id": "ben", "title": "not hers"})
                    sent = server.ask("/api/v1/notifications", {"user_id": "ada", "title": "hers"})["data"]
                    self.assertIn("event: created\n", out)
                    told = json.loads(next(out).removeprefix("data: "))
                finally:
                    tail.terminate()
                    tail.wait()
            self.assertEqual((told["user_id"], told["change"]["item"]["id"]), ("ada", sent["id"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
