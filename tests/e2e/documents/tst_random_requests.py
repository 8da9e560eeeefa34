#!/usr/bin/env python3
"""10,000 random requests over every operation of /openapi.json: whatever comes, no answer is a 5xx.

    tst_random_requests.py FOLDER_OF_THE_PROGRAMS

Seeded: each of the four clients asks the same in the same order every time. What is asked is half right on purpose: members
and parameters have the names that the document gives them, and values that fit, nearly fit or are noise.
"""
import collections
import http.client
import json
import pathlib
import random
import sys
import threading
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
import belfryd  # noqa: E402

PROGRAMS = sys.argv.pop()
SEED = 20261
CLIENTS = 4
REQUESTS = 10_000
OF_EACH = 50  # at least, of every operation
METHODS = ("get", "put", "post", "delete", "patch")
USERS = ("ada", "42", "7", "user one", "größe")
TEXTS = ("", "x", "Hello", "größe 🔔", "a" * 300, "a" * 5000, "\u0000", "../..", "'; drop table users; --", "<b>", "null",
         "2026-03-29T01:00:00Z", "2026-13-45", "-1", "eva@example.org", "correct horse", "https://a.example/x",
         "http://127.0.0.1:9/x", "de-CH", "Europe/Zurich", "done", "unread", "webhook", "inbox:*", "admin",
         "01234567-89ab-7def-8123-456789abcdef", "whsec_" + "a" * 32)
NUMBERS = (0, 1, -1, 7, 500, 2 ** 31, 2 ** 53, 2 ** 63 - 1, 2 ** 63, -2 ** 63, 10 ** 40, 0.5, 1e308, -0.0)
TYPES = ("application/json", "application/json", "application/json; charset=utf-8", "application/cloudevents+json",
         "application/cloudevents-batch+json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data", "")
HEADERS = {"Idempotency-Key": ("k1", "k2", "", "x" * 300), "traceparent": ("00-" + "a" * 32 + "-" + "b" * 16 + "-01", "00-0"),
           "If-None-Match": ("*", '"x"', "x"), "If-Match": ("*", '"x"', 'W/"x"'), "Accept": ("text/event-stream", "*/*"),
           "X-Request-Id": ("r" * 20, "é" * 3), "Origin": ("https://evil.example", "null"), "Last-Event-ID": ("3", "x"),
           "X-Forwarded-For": ("192.0.2.1", "x, y"), "ce-id": ("1",), "ce-source": ("/x",), "ce-type": ("chat",),
           "ce-specversion": ("1.0", "2"), "ce-subject": ("ada",), "Range": ("bytes=0-1",), "Expect": ("x",)}
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "belfry.v1"}


def properties(node, found):
    """The names of all members that the document knows."""
    if isinstance(node, dict):
        found.update(node.get("properties", {}))
        for child in node.values():
            properties(child, found)
    elif isinstance(node, list):
        for child in node:
            properties(child, found)


class Dice:
    """What a client asks."""

    def __init__(self, seed, document):
        self.random = random.Random(seed)
        names = set()
        properties(document, names)
        self.names = sorted(names)
        self.ids = collections.deque(("01234567-89ab-7def-8123-456789abcdef", "nothing"), maxlen=40)

    def one(self, *of):
        return self.random.choice(of)

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def value(self, depth=0):
        kind = self.random.randrange(9 if depth < 3 else 6)
        if kind < 3:
            return self.one(*TEXTS, *USERS, *self.ids)
        if kind < 5:
            return self.one(*NUMBERS)
        if kind == 5:
            return self.one(True, False, None)
        if kind == 6:
            return [self.value(depth + 1) for _ in range(self.random.randrange(4))]
        return {self.one(*self.names): self.value(depth + 1) for _ in range(self.random.randrange(4))}

    def body(self):
        """Like a body of some route more often than not."""
        if self.chance(8):
            return self.random.randbytes(self.random.randrange(200))
        if self.chance(4):
            return b"[" * 2000
        members = {"user_id": self.one(*USERS), "title": "Hello", "name": self.one("billing", "news", "k"), "id": "laptop",
                   "email": f"e{self.random.randrange(30)}@example.org", "scopes": ["notify:write"],
                   "url": "http://127.0.0.1:9/x", "ops": [{"op_id": "1", "set": "read", "upto_seq": 3}]}
        body = {name: value for name, value in members.items() if self.chance(70)}
        for _ in range(self.random.randrange(4)):
            body[self.one(*self.names)] = self.value()
        if self.chance(10):
            return urllib.parse.urlencode({name: str(value) for name, value in body.items()}).encode()
        wrapped = [body, body] if self.chance(15) else body
        text = json.dumps(wrapped, ensure_ascii=self.chance(50)).encode("utf-8", "surrogatepass")
        return text[:self.random.randrange(len(text) + 1)] if self.chance(5) else text

    def segment(self):
        if self.chance(60):
            return urllib.parse.quote(self.one(*USERS, *self.ids, "news", "billing", "laptop"), safe="")
        return self.one("%00", "%ff", "%2e%2e", "%", "a" * 200, urllib.parse.quote(self.one(*TEXTS), safe=""), "%2F", ":x")

    def target(self, path, known):
        parts = [self.segment() if part.startswith("{") else part for part in path.split("/")]
        names = [*known, "limit", "cursor", "user_id", "since", "x"]
        pairs = [self.one(*names) + "=" + self.one("", "1", "-1", "x", "500", "99999999999999999999", "%ff", "%0",
                                                   urllib.parse.quote(self.one(*TEXTS), safe=""), *self.ids)
                 for _ in range(self.random.randrange(4))]
        return "/".join(parts).replace(" ", "%20") + ("?" + "&".join(pairs) if pairs else "")

    def headers(self, path):
        headers = {}
        if not self.chance(15):
            headers["Authorization"] = "Bearer " + (belfryd.KEY if not self.chance(10) else self.one("x", "a.b.c", "", "é"))
        if not self.chance(10):
            headers["Content-Type"] = self.one(*TYPES)
        for name, values in HEADERS.items():
            if self.chance(8):
                headers[name] = self.one(*values)
        if path.startswith("/ws") and self.chance(50):
            headers.update(UPGRADE)
        return {name: value.encode("utf-8").decode("latin-1") for name, value in headers.items()}


class Client(threading.Thread):
    """Its share of the requests over one connection, which is made anew where the server has ended it."""

    def __init__(self, number, address, document):
        super().__init__()
        self.dice = Dice(SEED + number, document)
        self.address = address
        self.operations = [(method, path, [p["name"] for p in told.get("parameters", ()) if p.get("in") == "query"])
                           for path, methods in sorted(document["paths"].items())
                           for method, told in sorted(methods.items()) if method in METHODS]
        self.asked = collections.Counter()
        self.statuses = collections.Counter()
        self.faults = []
        self.connection = None

    def run(self):
        order = []
        for _ in range(REQUESTS // CLIENTS):
            if not order:
                order = self.operations[:]
                self.dice.random.shuffle(order)
            method, path, known = order.pop()
            self.asked[method, path] += 1
            verb = self.dice.one("OPTIONS", "HEAD", "BREW", *METHODS).upper() if self.dice.chance(4) else method.upper()
            request = (verb, self.dice.target(path, known), self.dice.body() if method != "get" else None,
                       self.dice.headers(path))
            status = self.answer_to(request)
            self.statuses[status // 100] += 1
            if status >= 500 or status == 0:
                self.faults.append((status, request))
        if self.connection:
            self.connection.close()

    def answer_to(self, request):
        """0: none came, even on a new connection."""
        for _ in range(2):
            try:
                self.connection = self.connection or http.client.HTTPConnection(self.address, timeout=20)
                self.connection.request(*request)
                return self.read(self.connection.getresponse())
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
        return 0

    def read(self, answer):
        opened = answer.status == 101 or (answer.getheader("Content-Type") or "").startswith("text/event-stream")
        body = b"" if opened else answer.read()
        if opened or answer.will_close:
            self.connection.close()
            self.connection = None
        if answer.status == 201 and body.startswith(b"{"):
            data = json.loads(body).get("data")
            if isinstance(data, dict) and isinstance(data.get("id"), str):
                self.dice.ids.append(data["id"])
        return answer.status


class RandomRequests(unittest.TestCase):
    def test_none_is_answered_with_a_5xx(self):
        with belfryd.running(PROGRAMS) as server:
            document = server.ask("/openapi.json")
            clients = [Client(n, server.url.removeprefix("http://"), document) for n in range(CLIENTS)]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
            self.assertTrue(server.is_alive())
            self.assertEqual([fault for client in clients for fault in client.faults], [])
            log = server.log.read_text(encoding="utf-8", errors="replace")
            # Webhooks were made that lead to this machine, which is not allowed.
            self.assertEqual([line for line in log.splitlines() if "is a dead letter" not in line], [])
        asked = sum((client.asked for client in clients), collections.Counter())
        statuses = sum((client.statuses for client in clients), collections.Counter())
        self.assertEqual(asked.total(), REQUESTS)
        self.assertEqual(statuses.total(), REQUESTS)
        self.assertEqual(len(asked), sum(method in METHODS for told in document["paths"].values() for method in told))
        self.assertGreaterEqual(min(asked.values()), OF_EACH)
        # Noise alone would never get past the first check.
        self.assertGreater(statuses[2], REQUESTS // 10, statuses)
        self.assertGreater(statuses[4], REQUESTS // 10, statuses)


if __name__ == "__main__":
    unittest.main(verbosity=2)
