#!/usr/bin/env python3
"""Webhooks from end to end: what is sent is verified by the reference implementation of Standard Webhooks, and sent to a
receiver that misbehaves.

    tst_webhooks.py FOLDER_OF_THE_PROGRAMS HANGING_RESOLVER
"""
import json
import os
import pathlib
import sys
import time
import unittest

from standardwebhooks import Webhook, WebhookVerificationError

from receiver import Receiver, Server, wait_for

HANGING_RESOLVER = pathlib.Path(sys.argv.pop()).resolve()
PROGRAMS = pathlib.Path(sys.argv.pop()).resolve()


class WebhookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.receiver = Receiver()
        cls.server = Server(PROGRAMS, BELFRY_WEBHOOK_ALLOW="127.0.0.0/8")

    @classmethod
    def tearDownClass(cls):
        cls.receiver.stop()
        cls.server.stop()

    def hook(self, path, user, **more):
        return self.server.register(self.receiver.url(path), user_id=user, **more)

    def received(self, path, count=1):
        requests = wait_for(f"{count} at {path}",
                            lambda: len(found := self.receiver.requests(path)) >= count and found)
        return requests[count - 1]

    def test_is_verified_by_the_reference(self):
        hook = self.hook("/good", "anna")
        notification = self.server.send("anna", data={"build": 7}, message="Grüße \u2028 \"x\"")
        headers, body = self.received("/good")
        event = Webhook(hook["secret"]).verify(body, headers)
        with self.assertRaises(WebhookVerificationError):
            Webhook("whsec_" + "A" * 44).verify(body, headers)
        with self.assertRaises(WebhookVerificationError):
            Webhook(hook["secret"]).verify(body.replace(b"anna", b"ben "), headers)
        self.assertEqual(headers["Content-Type"], "application/cloudevents+json")
        self.assertEqual(event["specversion"], "1.0")
        self.assertEqual(event["type"], "belfry.notification.created")
        self.assertEqual(event["subject"], "anna")
        self.assertEqual(event["data"]["id"], notification)
        self.assertEqual(event["data"]["data"], {"build": 7})
        delivery = self.server.settled(notification, "sent")
        self.assertEqual(delivery["endpoint"], hook["id"])
        self.assertEqual([one["outcome"] for one in delivery["attempts"]], ["HTTP 200"])
        self.assertEqual(headers["webhook-id"], delivery["id"])

    def test_an_update_is_another_message(self):
        hook = self.hook("/updates", "uma")
        notification = self.server.send("uma")
        first, _ = self.received("/updates")
        self.server.settled(notification, "sent")
        self.assertEqual(self.server.call("PATCH", f"/notifications/{notification}", {"title": "new"})[0], 200)
        second, body = self.received("/updates", 2)
        event = Webhook(hook["secret"]).verify(body, second)
        self.assertEqual((event["type"], event["data"]["title"]), ("belfry.notification.updated", "new"))
        self.assertNotEqual(first["webhook-id"], second["webhook-id"])

    def test_both_secrets_sign_while_one_rotates(self):
        hook = self.hook("/rotating", "rosa")
        status, answer = self.server.call("POST", f"/webhooks/{hook['id']}/rotate")
        self.assertEqual(status, 200)
        self.server.send("rosa")
        headers, body = self.received("/rotating")
        for secret in (hook["secret"], answer["data"]["secret"]):
            Webhook(secret).verify(body, headers)
        self.assertNotIn(hook["secret"], self.server.log())
        self.assertNotIn(answer["data"]["secret"], self.server.log())

    def test_only_what_it_is_registered_for(self):
        self.hook("/narrow", "nora", types=["chat"])
        other = self.server.send("nora", type="news")
        chat = self.server.send("nora", type="chat")
        self.server.settled(chat, "sent")
        self.assertIsNone(self.server.delivery(other))
        self.assertEqual(len(self.receiver.requests("/narrow")), 1)
        self.server.call("PUT", "/preferences/nora", {"matrix": {"chat": {"webhook": False}}})
        refused = self.server.delivery(self.server.send("nora", type="chat"))
        self.assertEqual((refused["state"], refused["reason"], refused["rule"]),
                         ("suppressed", "preference", "category:chat"))

    def test_tries_again(self):
        path = "/flaky"
        self.hook(path, "fay")
        self.receiver.answers[path] = 503
        notification = self.server.send("fay")
        waits = self.server.settled(notification, "retrying")
        self.assertEqual(waits["reason"], "http_503")
        self.assertIsNotNone(waits["next_at"])
        self.receiver.answers[path] = 200
        sent = self.server.settled(notification, "sent")  # after 5 s ± 20 %
        self.assertEqual([one["outcome"] for one in sent["attempts"]], ["HTTP 503", "HTTP 200"])
        ids = {headers["webhook-id"] for headers, _ in self.receiver.requests(path)}
        self.assertEqual(len(ids), 1)

    def explained(self, user):
        """What the server would do about a webhook of this user now."""
        status, answer = self.server.call("POST", "/notifications:explain", {"user_id": user})
        self.assertEqual(status, 200)
        return next(one["action"] for one in answer["data"]["decisions"] if one["channel"] == "webhook")

    def test_gone_disables(self):
        hook = self.hook("/410", "gus")
        self.assertEqual(self.explained("gus"), "deliver")
        delivery = self.server.settled(self.server.send("gus"), "dead")
        self.assertEqual(delivery["reason"], "http_410")
        _, answer = self.server.call("GET", f"/webhooks/{hook['id']}")
        self.assertFalse(answer["data"]["enabled"])
        self.assertIn("410", answer["data"]["disabled_reason"])
        wait_for("what decides knows", lambda: self.explained("gus") == "suppress")
        # Nothing piles up for it, and nothing bursts out when it is on again.
        self.assertIsNone(self.server.delivery(self.server.send("gus")))
        self.receiver.answers["/410"] = 200
        self.server.call("PUT", f"/webhooks/{hook['id']}", {"url": hook["url"], "user_id": "gus", "enabled": True})
        self.server.settled(self.server.send("gus"), "sent")
        self.assertEqual(len(self.receiver.requests("/410")), 2)

    def test_dead_letters_are_driven_again(self):
        path = "/refusing"
        hook = self.hook(path, "fin")
        self.receiver.answers[path] = 404
        notification = self.server.send("fin")
        dead = self.server.settled(notification, "dead")
        self.assertEqual(dead["reason"], "http_404")
        _, answer = self.server.call("GET", f"/admin/dead-letters?webhook_id={hook['id']}")
        self.assertEqual([one["id"] for one in answer["data"]], [dead["id"]])
        wait_for("the gauge", lambda: self.server.gauge("belfry_dead_letters") >= 1)
        self.receiver.answers[path] = 200
        status, answer = self.server.call("POST", "/admin/dead-letters:redrive", {"webhook_id": hook["id"]})
        self.assertEqual((status, answer["data"]["redriven"]), (200, 1))
        self.server.settled(notification, "sent")
        ids = {headers["webhook-id"] for headers, _ in self.receiver.requests(path)}
        self.assertEqual(ids, {dead["id"]})

    def test_retry_after_is_honoured(self):
        self.hook("/busy", "bea")
        delivery = self.server.settled(self.server.send("bea"), "retrying")
        self.assertEqual(delivery["reason"], "http_429")
        self.assertGreater(delivery["next_at"][:19], delivery["attempts"][0]["at"][:19])
        minutes = [one["at"][14:16] for one in delivery["attempts"]] + [delivery["next_at"][14:16]]
        self.assertEqual((int(minutes[1]) - int(minutes[0])) % 60, 2)

    def test_redirects_are_not_followed(self):
        self.hook("/redirect", "rita")
        delivery = self.server.settled(self.server.send("rita"), "retrying")
        self.assertEqual(delivery["attempts"][0]["outcome"], "HTTP 302")
        self.assertEqual(self.receiver.requests("/target") + self.receiver.requests("GET /target"), [])

    def test_an_endless_answer_is_cut_off(self):
        self.hook("/endless", "eve")
        self.server.settled(self.server.send("eve"), "sent")

    def test_a_reset_is_no_answer(self):
        self.hook("/reset", "rex")
        delivery = self.server.settled(self.server.send("rex"), "retrying")
        self.assertEqual(delivery["reason"], "no_answer")

    def test_nobody_listens(self):
        self.server.register("http://127.0.0.1:1/", user_id="lone")
        self.assertEqual(self.server.settled(self.server.send("lone"), "retrying")["reason"], "no_answer")

    def test_twenty_seconds_are_enough(self):
        self.hook("/hang/slow", "sue")
        delivery = self.server.settled(self.server.send("sue"), "retrying")
        self.assertEqual(delivery["reason"], "no_answer")


class GuardTest(unittest.TestCase):
    def setUp(self):
        self.receiver = Receiver()
        self.server = Server(PROGRAMS)
        self.addCleanup(self.receiver.stop)
        self.addCleanup(self.server.stop)

    def test_no_form_of_an_inner_address_is_dialled(self):
        hosts = ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1",
                 "127.1", "0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]",
                 "[2002:7f00:1::]", "169.254.169.254", "[fd00:ec2::254]", "10.0.0.1", "100.64.0.1"]
        for number, host in enumerate(hosts):
            self.server.register(self.receiver.url("/inner", host), user_id=f"u{number}")
        sent = [self.server.send(f"u{number}") for number in range(len(hosts))]
        for host, notification in zip(hosts, sent):
            with self.subTest(host):
                delivery = self.server.settled(notification, "dead")
                self.assertEqual(delivery["reason"], "address_not_allowed")
        self.assertEqual(self.receiver.heard(), 0)


class ResolverTest(unittest.TestCase):
    def test_name_servers_that_do_not_answer_hold_nothing_up(self):
        receiver = Receiver()
        self.addCleanup(receiver.stop)
        sanitizer = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0"]))
        server = Server(PROGRAMS, BELFRY_WEBHOOK_ALLOW="127.0.0.1", LD_PRELOAD=str(HANGING_RESOLVER),
                        ASAN_OPTIONS=sanitizer)
        stopped = False
        try:
            server.register("http://nobody.hangs/", user_id="hal")
            server.register(receiver.url("/good"), user_id="ida")
            server.settled(server.send("hal"), "sending")
            server.settled(server.send("ida"), "sent")
            begin = time.monotonic()
            server.process.terminate()
            self.assertEqual(server.process.wait(timeout=30), 0)
            stopped = True
            self.assertLess(time.monotonic() - begin, 10)
        finally:
            if not stopped:
                server.kill()
            server.folder.cleanup()


class RestartTest(unittest.TestCase):
    def test_what_was_under_way_is_sent_again(self):
        receiver = Receiver()
        self.addCleanup(receiver.stop)
        server = Server(PROGRAMS, BELFRY_WEBHOOK_ALLOW="127.0.0.1")
        self.addCleanup(server.stop)
        hook = server.register(receiver.url("/hang/first"))
        notification = server.send("anna")
        first, _ = wait_for("the first try", lambda: receiver.requests("/hang/first"))[0]
        server.kill()
        server.start()
        wait_for("the second try", lambda: len(receiver.requests("/hang/first")) == 2)
        server.kill()
        server.start()
        self.assertEqual(server.call("PUT", f"/webhooks/{hook['id']}", {"url": receiver.url("/good")})[0], 200)
        server.kill()
        server.start()
        server.settled(notification, "sent")
        headers, body = receiver.requests("/good")[0]
        self.assertEqual(headers["webhook-id"], first["webhook-id"])
        self.assertEqual(json.loads(body)["data"]["id"], notification)


if __name__ == "__main__":
    unittest.main()
