"""What ./dev bench measures, and the bars: the table of docs/benchmarks.md as data."""
import dataclasses
import statistics


def median(values):
    return statistics.median(values) if values else None


@dataclasses.dataclass(frozen=True)
class Bar:
    """One figure of a scenario. `value` takes one round, `{"belfryd": report, "null": report or None}`."""

    label: str
    value: object
    least: object  # number, or a function of the rounds where the bar moves with the machine
    aim: float
    unit: str = ""
    more_is_better: bool = False
    null_member: str = ""  # what of the null server's report stands beside it

    def of(self, rounds):
        return [value for value in (self.value(each) for each in rounds) if value is not None]

    def null_of(self, rounds):
        return [each["null"][self.null_member] for each in rounds if each["null"] and self.null_member]

    def least_for(self, rounds):
        return self.least(rounds) if callable(self.least) else self.least

    def verdict(self, value, rounds):
        """'aim', 'bar' (at least reached) or 'missed'."""
        beyond = (lambda limit: value >= limit) if self.more_is_better else (lambda limit: value <= limit)
        if beyond(self.aim):
            return "aim"
        return "bar" if beyond(self.least_for(rounds)) else "missed"


@dataclasses.dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    arguments: tuple
    bars: tuple
    yardstick: bool = False  # interleaved with the null server
    setup: str = "embedded"  # embedded | postgresql | filled
    quick: tuple = ("--duration", "2", "--warmup", "0.5")


def of(member):
    return lambda each: each["belfryd"].get(member)


def ratio(each):
    """CPU per delivery, measured against the null server's of the same round."""
    yardstick = each["null"]["server_cpu_s_per_million"]
    return each["belfryd"]["server_cpu_s_per_million"] / yardstick if yardstick > 0 else None


def disk_p50(rounds):
    return median([each["belfryd"]["fdatasync_p50_ms"] for each in rounds])


CPU = "server_cpu_s_per_million"


def fanout_bars(least, aim, aim_cpu):
    return (Bar("CPU per delivery / null server's", ratio, least, aim, "x", null_member=CPU),
            Bar("CPU-s per million deliveries", of(CPU), float("inf"), aim_cpu, "s", null_member=CPU))


def latency_bars(least_p50, aim_p50, least_p99, aim_p99):
    return (Bar("p50", of("p50_ms"), least_p50, aim_p50, "ms", null_member="p50_ms"),
            Bar("p99", of("p99_ms"), least_p99, aim_p99, "ms", null_member="p99_ms"))


SCENARIOS = (
    Scenario("ingest", "ingest, 32 connections, answered after its fsync'ed commit", ("ingest",),
             (Bar("answers/s", of("answers_per_s"), 10_000, 20_000, "", True),
              Bar("CPU-s per million", of(CPU), 90, 50, "s"))),
    Scenario("direct", "direct, 1,000 users online, 2,000 POST/s, POST to frame", ("direct",),
             latency_bars(lambda rounds: 1 + 2 * disk_p50(rounds), 0.5, 5, 2), yardstick=True),
    Scenario("direct-closed", "direct, closed loop over 32 connections", ("direct", "--closed"),
             (Bar("accepted and delivered/s", of("delivered_per_s"), 8_000, 16_000, "", True),)),
    Scenario("fanout-1000", "fan-out of ttl 0 broadcasts to 1,000 sockets, 8 in flight", ("fanout",),
             fanout_bars(0.9, 0.55, 1.1), yardstick=True),
    Scenario("fanout-5000", "the same to 5,000", ("fanout", "--sockets", "5000"),
             fanout_bars(0.95, 0.65, 1.8), yardstick=True),
    Scenario("fanout-20", "the same to 1,000, 20 broadcasts/s", ("fanout", "--rate", "20"),
             (Bar("CPU per delivery / null server's", ratio, 1.4, 1.0, "x", null_member=CPU),
              Bar("p99", of("p99_ms"), 12, 8, "ms", null_member="p99_ms")), yardstick=True),
    Scenario("idle", "10,000 idle sockets, signed in", ("idle",),
             (Bar("RSS each", of("rss_kib_each"), 24, 16, "KiB"),),
             # Longer than ping_s: what a ping touches stays touched.
             quick=("--duration", "2")),
    Scenario("storm", "storm: 10,000 reconnect at once, 200 in flight, hello and resume", ("storm",),
             (Bar("CPU each", of("cpu_us_each"), 150, 100, "us", null_member="cpu_us_each"),), yardstick=True, quick=()),
    Scenario("postgresql", "PostgreSQL with its durable defaults, everything on both cores", ("ingest",),
             (Bar("answers/s", of("answers_per_s"), 5_000, 12_000, "", True),), setup="postgresql"),
    # A fixed rate: in a closed loop a wait is only the reads before it, all of them together as fast as they can.
    Scenario("stored", "1,000,000 notifications stored, 400 reads/s", ("reads", "--rate", "400"),
             tuple(Bar(kind + " p99", of(kind + "_p99_ms"), 5, 5, "ms") for kind in ("list", "counts", "snapshot")) +
             (Bar("search p99", of("search_p99_ms"), 20, 20, "ms"), Bar("start", of("start_s"), 2, 2, "s")),
             setup="filled"),
)
FULL = {"idle": ("--duration", "30"), "stored": ("--duration", "20")}
