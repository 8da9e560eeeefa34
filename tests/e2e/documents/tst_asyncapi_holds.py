#!/usr/bin/env python3
"""/asyncapi.json is true: every message of a live session, and every golden file, fits its schema.

    tst_asyncapi_holds.py FOLDER_OF_THE_PROGRAMS
"""
import json
import pathlib
import sys
import unittest

import jsonschema
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

TESTS = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TESTS / "python"))
import belfryd  # noqa: E402

PROGRAMS = sys.argv.pop()
GOLDEN = TESTS / "unit" / "protocol" / "golden"
WAIT_S = 10


def flat(schema, components):
    """The schema with its components beside it, so that `#/components/…` leads somewhere."""
    return {**schema, "components": components}


class Session:
    """One socket; checks all that goes over it against the document."""

    def __init__(self, test, server, document):
        self.test, self.document = test, document
        self.seen = set()
        self.socket = connect(server.socket_url + "/ws", subprotocols=["belfry.v1"], open_timeout=WAIT_S,
                              additional_headers={"Authorization": f"Bearer {belfryd.KEY}"})

    def say(self, **message):
        self.test.check(self.document, message, "clientSays")
        self.socket.send(json.dumps(message))

    def hear(self):
        message = json.loads(self.socket.recv(timeout=WAIT_S))
        self.test.check(self.document, message, "serverSays")
        self.seen.add(message["type"])
        return message

    def hear_until(self, *types):
        """Everything up to the first message of one of these types, which is answered."""
        while True:
            message = self.hear()
            if message["type"] in types:
                return message


class AsyncApiHolds(unittest.TestCase):
    def check(self, document, message, operation):
        """`message` is one that this operation names, and fits its schema."""
        names = {entry["$ref"].rsplit("/", 1)[1] for entry in document["operations"][operation]["messages"]}
        self.assertIn(message["type"], names)
        schema = document["components"]["messages"][message["type"]]["payload"]
        jsonschema.Draft202012Validator(flat(schema, document["components"])).validate(message)

    def test_a_whole_session(self):
        with belfryd.running(PROGRAMS) as server:
            document = server.ask("/asyncapi.json")
            server.ask("/api/v1/notifications", {"user_id": "ada", "title": "before"})
            session = Session(self, server, document)
            session.say(type="hello", device_id="d1", user="ada", since=0, caps=[])
            self.assertEqual(session.hear()["mode"], "resume")
            session.hear_until("live")
            made = server.ask("/api/v1/notifications", {
                "user_id": "ada", "title": "all", "data": {"a": 1}, "actions": [{"id": "ok", "title": "OK"}],
                "progress": 0.5, "urgency": "high", "channels": ["in_app", "toast"]})["data"]
            session.say(type="ack", seq=session.hear_until("ev")["seq"])
            session.say(type="presence", state="active")
            session.say(type="op", op_id="o1", set="read", ids=[made["id"]])
            session.hear_until("applied")
            server.ask("/api/v1/notifications", {"user_id": "ada", "title": "now", "ttl": 0})
            server.ask(f"/api/v1/notifications/{made['id']}", {"progress": 1}, "PATCH")
            server.ask(f"/api/v1/notifications/{made['id']}", method="DELETE")
            while session.hear_until("ev")["kind"] != "recalled":
                pass
            session.socket.send('{"type": "op"}')
            session.hear_until("error")
            again = Session(self, server, document)
            again.say(type="hello", device_id="d1", user="ada")
            again.hear_until("live")
            with self.assertRaises(ConnectionClosed) as closed:
                while True:
                    session.hear()
            self.assertEqual(closed.exception.rcvd.code, 4000)
            self.assertEqual(session.seen, {"welcome", "batch", "live", "ev", "counts", "applied", "error", "bye"})

    def test_the_golden_files(self):
        with belfryd.running(PROGRAMS) as server:
            document = server.ask("/asyncapi.json")
        for kind, operation in (("client", "clientSays"), ("server", "serverSays")):
            files = sorted(GOLDEN.glob(kind + "_*.json"))
            self.assertTrue(files)
            for file in files:
                with self.subTest(file.name):
                    self.check(document, json.loads(file.read_text(encoding="utf-8")), operation)


if __name__ == "__main__":
    unittest.main(verbosity=2)
