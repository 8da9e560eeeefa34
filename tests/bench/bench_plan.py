"""What ./dev bench measures, and the bars: the table of docs/benchmarks.md as data."""
import dataclasses
import statistics


def median(values):
    return statistics.median(values) if values else None


@dataclasses.dataclass(frozen=True)
class Bar:
    """One figure of a scenario. `value` takes one round, `{"belfryd": report, "beside": report or None}`."""

    label: str
    value: object
    least: object = None  # number, or a function of the rounds where the bar moves with the machine; None: no bar
    aim: float = None
    unit: str = ""
    more_is_better: bool = False
    beside_member: str = ""  # what of the yardstick's report stands beside it

    def of(self, rounds):
        return [value for value in (self.value(each) for each in rounds) if value is not None]

    def beside_of(self, rounds):
        return [each["beside"][self.beside_member] for each in rounds if each["beside"] and self.beside_member]

    def least_for(self, rounds):
        return self.least(rounds) if callable(self.least) else self.least

    def verdict(self, value, rounds):
        """'aim', 'bar' (at least reached), 'missed', or nothing where nothing was asked for."""
        if self.least is None:
            return ""
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
    yardstick: str = ""  # what it is interleaved with: null (the null server) | plain (belfryd as in the rows above)
    setup: str = "embedded"  # embedded | limited | tls | postgresql | filled
    quick: tuple = ("--duration", "2", "--warmup", "0.5")


def of(member):
    return lambda each: each["belfryd"].get(member)


def ratio_of(member):
    """Measured against the yardstick's of the same round."""
    def ratio(each):
        yardstick = each["beside"][member]
        return each["belfryd"][member] / yardstick if yardstick > 0 else None
    return ratio


def disk_p50(rounds):
    return median([each["belfryd"]["fdatasync_p50_ms"] for each in rounds])


CPU = "server_cpu_s_per_million"
RATE, DELIVERED = "answers_per_s", "delivered_per_s"


def fanout_bars(least, aim, aim_cpu):
    return (Bar("CPU per delivery / null server's", ratio_of(CPU), least, aim, "x", beside_member=CPU),
            Bar("CPU-s per million deliveries", of(CPU), float("inf"), aim_cpu, "s", beside_member=CPU))


def latency_bars(least_p50, aim_p50, least_p99, aim_p99):
    return (Bar("p50", of("p50_ms"), least_p50, aim_p50, "ms", beside_member="p50_ms"),
            Bar("p99", of("p99_ms"), least_p99, aim_p99, "ms", beside_member="p99_ms"))


SCENARIOS = (
    Scenario("ingest", "ingest, 32 connections, answered after its fsync'ed commit", ("ingest",),
             (Bar("answers/s", of(RATE), 10_000, 20_000, "", True),
              Bar("CPU-s per million", of(CPU), 90, 50, "s"))),
    Scenario("direct", "direct, 1,000 users online, 2,000 POST/s, POST to frame", ("direct",),
             latency_bars(lambda rounds: 1 + 2 * disk_p50(rounds), 0.5, 5, 2), yardstick="null"),
    Scenario("direct-closed", "direct, closed loop over 32 connections", ("direct", "--closed"),
             (Bar("accepted and delivered/s", of(DELIVERED), 8_000, 16_000, "", True),)),
    Scenario("fanout-1000", "fan-out of ttl 0 broadcasts to 1,000 sockets, 8 in flight", ("fanout",),
             fanout_bars(0.9, 0.55, 1.1), yardstick="null"),
    Scenario("fanout-5000", "the same to 5,000", ("fanout", "--sockets", "5000"),
             fanout_bars(0.95, 0.65, 1.8), yardstick="null"),
    Scenario("fanout-20", "the same to 1,000, 20 broadcasts/s", ("fanout", "--rate", "20"),
             (Bar("CPU per delivery / null server's", ratio_of(CPU), 1.4, 1.0, "x", beside_member=CPU),
              Bar("p99", of("p99_ms"), 12, 8, "ms", beside_member="p99_ms")), yardstick="null"),
    Scenario("idle", "10,000 idle sockets, signed in", ("idle",),
             (Bar("RSS each", of("rss_kib_each"), 24, 16, "KiB"),),
             # Longer than ping_s: what a ping touches stays touched.
             quick=("--duration", "2")),
    Scenario("storm", "storm: 10,000 reconnect at once, 200 in flight, hello and resume", ("storm",),
             (Bar("CPU each", of("cpu_us_each"), 150, 100, "us", beside_member="cpu_us_each"),), yardstick="null", quick=()),
    # What makes it fit for a network, beside the same without: at most 15 % less.
    Scenario("ingest-limited", "ingest with a key of two scopes, limits on", ("ingest",),
             (Bar("answers/s / without", ratio_of(RATE), 0.85, 1, "x", True, beside_member=RATE),
              Bar("CPU-s per million", of(CPU), unit="s", beside_member=CPU)), yardstick="plain", setup="limited"),
    Scenario("direct-limited", "direct, closed loop, the same", ("direct", "--closed"),
             (Bar("delivered/s / without", ratio_of(DELIVERED), 0.85, 1, "x", True, beside_member=DELIVERED),
              Bar("p99", of("p99_ms"), unit="ms", beside_member="p99_ms")), yardstick="plain", setup="limited"),
    Scenario("ingest-tls", "ingest by TLS 1.3", ("ingest",),
             (Bar("answers/s", of(RATE), beside_member=RATE),
              Bar("CPU-s per million", of(CPU), unit="s", beside_member=CPU)), yardstick="plain", setup="tls"),
    Scenario("direct-tls", "direct, closed loop, by TLS 1.3", ("direct", "--closed"),
             (Bar("accepted and delivered/s", of(DELIVERED), beside_member=DELIVERED),
              Bar("p99", of("p99_ms"), unit="ms", beside_member="p99_ms")), yardstick="plain", setup="tls"),
    Scenario("fanout-tls", "fan-out to 1,000 sockets, 8 in flight, by TLS 1.3", ("fanout",),
             (Bar("CPU-s per million deliveries", of(CPU), unit="s", beside_member=CPU),), yardstick="plain",
             setup="tls"),
    Scenario("idle-tls", "10,000 idle sockets by TLS 1.3", ("idle",),
             (Bar("RSS each", of("rss_kib_each"), unit="KiB", beside_member="rss_kib_each"),), yardstick="plain",
             setup="tls", quick=("--duration", "2")),
    Scenario("postgresql", "PostgreSQL with its durable defaults, everything on both cores", ("ingest",),
             (Bar("answers/s", of(RATE), 5_000, 12_000, "", True),), setup="postgresql"),
    # A fixed rate: in a closed loop a wait is only the reads before it, all of them together as fast as they can.
    Scenario("stored", "1,000,000 notifications stored, 400 reads/s", ("reads", "--rate", "400"),
             tuple(Bar(kind + " p99", of(kind + "_p99_ms"), 5, 5, "ms") for kind in ("list", "counts", "snapshot")) +
             (Bar("search p99", of("search_p99_ms"), 20, 20, "ms"), Bar("start", of("start_s"), 2, 2, "s")),
             setup="filled"),
)
FULL = {"idle": ("--duration", "30"), "idle-tls": ("--duration", "10"), "stored": ("--duration", "20")}
