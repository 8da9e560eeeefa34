#!/usr/bin/env python3
"""One trace from the POST to the ack of the device, read in the JSON log as Loki would get it.

    tst_trace.py FOLDER_OF_THE_PROGRAMS
"""
import http.client
import json
import pathlib
import sys
import time
import unittest
import urllib.request

from websockets.sync.client import connect

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
import belfryd  # noqa: E402

PROGRAMS = sys.argv.pop()
WAIT_S = 10
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
FLOOD = 300
OTHER = "0af7651916cd43dd8448eb211c80319c"


def post(server, trace, flags, **to):
    body = {"title": "traced"} | (to or {"user_id": "ada"})
    request = urllib.request.Request(
        server.url + "/api/v1/notifications", json.dumps(body).encode(),
        {"Authorization": f"Bearer {belfryd.KEY}", "Content-Type": "application/json",
         "traceparent": f"00-{trace}-00f067aa0ba902b7-{flags}"})
    with urllib.request.urlopen(request, timeout=WAIT_S) as answer:
        return answer.headers["traceparent"], json.load(answer)["data"]


class TraceTest(unittest.TestCase):
    def lines_of(self, server, trace):
        """Every line is JSON; those of this trace."""
        lines = [json.loads(line) for line in server.log.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if trace in line.get("traceparent", "")]

    def test_a_sampled_trace_is_followed_to_the_ack(self):
        with belfryd.running(PROGRAMS, "--log-level", "info", "--log-format", "json") as server:
            with connect(server.socket_url + "/ws", subprotocols=["belfry.v1"], open_timeout=WAIT_S,
                         additional_headers={"Authorization": f"Bearer {belfryd.KEY}"}) as socket:
                socket.send(json.dumps({"type": "hello", "device_id": "phone", "user": "ada"}))
                while json.loads(socket.recv(timeout=WAIT_S))["type"] != "live":
                    pass
                post(server, OTHER, "00")
                answered, made = post(server, TRACE, "01")
                event = {}
                while event.get("seq") != made["seq"]:
                    event = json.loads(socket.recv(timeout=WAIT_S))
                # The same span everywhere: what is answered, what the device gets, what the log says.
                self.assertEqual(event["traceparent"], answered)
                self.assertIn(TRACE, answered)
                socket.send(json.dumps({"type": "ack", "seq": event["seq"]}))
                deadline = time.monotonic() + WAIT_S
                while len(self.lines_of(server, TRACE)) < 4 and time.monotonic() < deadline:
                    time.sleep(0.01)
            lines = self.lines_of(server, TRACE)
            self.assertEqual({line["traceparent"] for line in lines}, {answered})
            self.assertEqual({line["category"] for line in lines}, {"belfry.trace"})
            said = {line["message"].split(":")[0]: line["message"] for line in lines}
            self.assertEqual(set(said), {"answered", "stored", "sent", "acked"})
            self.assertIn(made["id"], said["stored"])
            self.assertIn("device phone", said["acked"])
            self.assertEqual(self.lines_of(server, OTHER), [], "nobody asked for that one")

    def test_a_broadcast_writes_one_line_however_many_hear_it(self):
        with belfryd.running(PROGRAMS, "--log-level", "info", "--log-format", "json") as server:
            users = [f"u{number}" for number in range(50)]
            post(server, OTHER, "00", user_ids=users)
            answered, made = post(server, TRACE, "01", broadcast=True)
            deadline = time.monotonic() + WAIT_S
            items = []
            while len(items) < 2 and time.monotonic() < deadline:
                items = server.ask("/api/v1/notifications/u49")["data"]
            self.assertEqual(len(items), 2, "it has arrived")
            events = server.ask("/api/v1/admin/events?event_id=" + made["event_id"])["data"]
            self.assertEqual({one["event"]["traceparent"] for one in events}, {answered[:-1] + "0"})
            lines = self.lines_of(server, TRACE)
            self.assertEqual(sorted(line["message"].split(":")[0] for line in lines), ["answered", "stored"])
            self.assertIn(made["event_id"], lines[0]["message"] + lines[1]["message"])

    def test_whoever_asks_the_log_takes_so_many_lines(self):
        """H115, at each place that writes one: the requests, the store, the sockets, the sends to many."""
        with belfryd.running(PROGRAMS, "--log-level", "info", "--log-format", "json") as server:
            server.ask("/api/v1/topics", {"name": "quiet"})
            with connect(server.socket_url + "/ws", subprotocols=["belfry.v1"], open_timeout=WAIT_S,
                         additional_headers={"Authorization": f"Bearer {belfryd.KEY}"}) as socket:
                socket.send(json.dumps({"type": "hello", "device_id": "phone", "user": "ada"}))
                while json.loads(socket.recv(timeout=WAIT_S))["type"] != "live":
                    pass
                connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=WAIT_S)
                headers = {"Authorization": f"Bearer {belfryd.KEY}", "Content-Type": "application/json",
                           "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}

                def send(path, body, status):
                    connection.request("POST", "/api/v1/notifications" + path, json.dumps(body), headers)
                    answer = connection.getresponse()
                    answer.read()
                    self.assertEqual(answer.status, status)

                began = time.monotonic()
                items = [{"user_id": f"u{number}", "title": "traced"} for number in range(600)]
                send(":batch", items, 200)
                send(":batch", items, 200)
                for _ in range(FLOOD):
                    send("", {"topic": "quiet", "title": "traced"}, 202)
                    send("", {"user_id": "ada", "title": "traced"}, 201)
                heard = 0
                while heard < FLOOD:
                    heard += json.loads(socket.recv(timeout=WAIT_S)).get("traceparent", "")[3:35] == TRACE
                took = time.monotonic() - began
                connection.close()
            lines = self.lines_of(server, TRACE)
            self.assertGreater(len(lines), 999)
            self.assertLessEqual(len(lines), 1_000 + 100 * (took + 1))
            with urllib.request.urlopen(server.url + "/metrics", timeout=WAIT_S) as answer:
                told = next(line for line in answer.read().decode().splitlines()
                            if line.startswith("belfry_trace_lines_left_out_total "))
            # Of the batches 600 items and an answer; then two answers, an item, its frame and a send to many.
            self.assertEqual(len(lines) + float(told.split()[1]), 2 * 601 + FLOOD * 5)


if __name__ == "__main__":
    unittest.main()
