#!/usr/bin/env python3
"""One trace from the POST to the ack of the device, read in the JSON log as Loki would get it.

    tst_trace.py FOLDER_OF_THE_PROGRAMS
"""
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
OTHER = "0af7651916cd43dd8448eb211c80319c"


def post(server, trace, flags):
    request = urllib.request.Request(
        server.url + "/api/v1/notifications", json.dumps({"user_id": "ada", "title": "traced"}).encode(),
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


if __name__ == "__main__":
    unittest.main()
