#!/usr/bin/env python3
"""The dashboard and the alert rules ask for metrics that there are, in the way that their kind allows.

    tst_monitoring.py PROMTOOL
"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

PROMTOOL = pathlib.Path(sys.argv.pop()).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[3]
FOLDER = ROOT / "resources" / "dashboards"
METRIC = re.compile(r"\bbelfry_[a-z0-9_]+")


def known_metrics():
    """Names that a query may use: histograms by their series."""
    names = {}
    for line in (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8").splitlines():
        row = re.match(r"\| `(belfry_[a-z0-9_]+)` \| (counter|gauge|histogram) \|", line)
        if row and row[2] == "histogram":
            names.update({row[1] + suffix: "histogram" for suffix in ("_bucket", "_sum", "_count")})
        elif row:
            names[row[1]] = row[2]
    return names


def dashboard():
    return json.loads((FOLDER / "belfry.json").read_text(encoding="utf-8"))


def dashboard_queries():
    return [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]


def rule_queries():
    text = (FOLDER / "alerts.yml").read_text(encoding="utf-8")
    return re.findall(r"^\s+expr: (.+)$", text, re.MULTILINE)


class MonitoringTest(unittest.TestCase):
    def test_every_metric_is_one_that_the_server_has(self):
        known = known_metrics()
        self.assertGreater(len(known), 40)
        for query in dashboard_queries() + rule_queries():
            for name in METRIC.findall(query):
                with self.subTest(query):
                    self.assertIn(name, known)

    def test_counters_are_asked_for_their_rate(self):
        known = known_metrics()
        for query in dashboard_queries() + rule_queries():
            for name in METRIC.findall(query):
                grows = known.get(name) in ("counter", "histogram")
                with self.subTest(query):
                    self.assertEqual(grows, bool(re.search(r"(rate|increase)\(" + name + r"\b", query)))

    def test_panels_have_names_units_and_a_place_of_their_own(self):
        taken, ids, titles = set(), set(), set()
        for panel in dashboard()["panels"]:
            place = panel["gridPos"]
            cells = {(x, y) for x in range(place["x"], place["x"] + place["w"])
                     for y in range(place["y"], place["y"] + place["h"])}
            with self.subTest(panel["title"]):
                self.assertLessEqual(place["x"] + place["w"], 24)
                self.assertFalse(cells & taken)
                self.assertNotIn(panel["id"], ids)
                self.assertNotIn(panel["title"], titles)
                self.assertTrue(panel["description"] and panel["fieldConfig"]["defaults"]["unit"])
            taken |= cells
            ids.add(panel["id"])
            titles.add(panel["title"])

    def test_every_alert_has_a_test_of_its_own(self):
        names = re.findall(r"- alert: (\w+)", (FOLDER / "alerts.yml").read_text(encoding="utf-8"))
        tested = (FOLDER / "alerts_test.yml").read_text(encoding="utf-8")
        self.assertGreater(len(names), 5)
        for name in names:
            self.assertIn("alertname: " + name, tested)

    def test_promtool_takes_the_rules(self):
        for command in (("check", "rules", "alerts.yml"), ("test", "rules", "alerts_test.yml")):
            done = subprocess.run([PROMTOOL, *command], cwd=FOLDER, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
