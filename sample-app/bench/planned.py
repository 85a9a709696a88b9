#!/usr/bin/env python3
"""What clients see at half of the capacity while workers are replaced.

For each variant: a service of two workers is warmed up, then gets requests at a constant rate, half of what it
can do; meanwhile it is reloaded, a worker is killed, and one is recycled. Most requests come from
wrk; beside it there are clients that note the latency from the time at which a request was due: p50, p99 and the worst
one, second by second. Needs a packaged sample application, wrk, a quiet machine, and matplotlib for the picture.

    sample-app/bench/planned.py --rounds 3 --json planned.json --svg docs/images/planned.svg
    sample-app/bench/planned.py --from planned.json --svg docs/images/planned.svg
"""
import argparse
import asyncio
import collections
import json
import os
import re
import signal
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request

from service import JAR, READY, Service

CLIENTS = 100
PROBERS = 50
PROBE_EVERY = 0.2
WARM_UP = 30
CAPACITY = 5
EVENTS = {"reload": 10, "recycling": 42, "crash": 62}
SECONDS = 80
AFTER = 16


def variants(cache):
    on = ["--prefork.preload.cache-dir=" + cache, "--prefork.preload.warmup=/hello"]
    return {
        "everything": (on, []),
        "no warm-up": (on + ["--prefork.preload.warmup="], []),
        "no lower priority": (on, ["setpriv", "--bounding-set", "-sys_nice", "--inh-caps", "-sys_nice"]),
        "none of them": (["--prefork.preload.enabled=false"],
                         ["setpriv", "--bounding-set", "-sys_nice", "--inh-caps", "-sys_nice"]),
    }


def start(java, jar, arguments, wrapper=()):
    return Service(java, jar, ["--prefork.workers=2", "--prefork.event-loops=1", "--prefork.reload.canary=0s",
                               "--management.endpoint.workers.access=unrestricted", *last(arguments)], wrapper)


def happen(service, event):
    if event == "reload":
        service.process.send_signal(signal.SIGHUP)
    elif event == "crash":
        os.kill(int(re.findall(r"worker=0 \S+ pid=(\d+) ready", service.printed())[-1]), signal.SIGKILL)
    else:
        urllib.request.urlopen(urllib.request.Request(service.url("/actuator/workers/1"), method="DELETE"),
                               timeout=10).read()


def last(arguments):
    """Of arguments with the same name the last one: Spring Boot joins the values of all."""
    return list({argument.split("=", 1)[0]: argument for argument in arguments}.values())


def wrk(service, seconds, pause=0):
    """Clients without a pause, or with one between the requests of each."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write("function delay() return %d end" % pause)
        script.flush()
        printed = subprocess.run(["wrk", "-t1", "-c%d" % CLIENTS, "-d%d" % seconds, "-s", script.name,
                                  service.url("/hello")], capture_output=True, text=True, check=True)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", printed.stdout).group(1))


class Prober:
    """Clients that keep their connections, and send a request whenever one is due, however long the last one took."""

    def __init__(self, port):
        self.port = port
        self.begun = time.time()
        self.latencies = collections.defaultdict(list)
        self.failed = 0

    async def run(self):
        await asyncio.gather(*(self.client(number) for number in range(PROBERS)))
        return self

    async def client(self, number):
        connection = None
        for due in (number / PROBERS + count * PROBE_EVERY for count in range(int(SECONDS / PROBE_EVERY))):
            await asyncio.sleep(max(0, self.begun + due - time.time()))
            try:
                connection = connection or await asyncio.open_connection("127.0.0.1", self.port)
                keep = await asyncio.wait_for(self.request(*connection), 30)
            except (OSError, EOFError, asyncio.TimeoutError):
                self.failed += 1
                keep = False
            self.latencies[int(due)].append((time.time() - self.begun - due) * 1000)
            if not keep and connection:
                connection[1].close()
                connection = None

    @staticmethod
    async def request(reader, writer):
        writer.write(b"GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(re.search(rb"content-length: (\d+)", head).group(1)))
        return b"connection: close" not in head


def measure(java, jar, arguments, wrapper):
    service = start(java, jar, arguments, wrapper)
    try:
        service.await_text(READY)
        wrk(service, WARM_UP)
        rate = wrk(service, CAPACITY) / 2
        threads = [threading.Thread(target=wrk, args=(service, SECONDS, int(1000 * CLIENTS / rate)))]
        threads += [threading.Timer(at, happen, [service, event]) for event, at in EVENTS.items()]
        for thread in threads:
            thread.start()
        prober = asyncio.run(Prober(service.port).run())
        for thread in threads:
            thread.join()
        seconds = {second: percentiles(sorted(values)) for second, values in sorted(prober.latencies.items())}
        return {"rate": rate, "failed": prober.failed, "seconds": seconds}
    finally:
        service.stop()


def percentiles(latencies):
    return [latencies[int(len(latencies) * quantile)] for quantile in (0.5, 0.99)] + [latencies[-1]]


def summary(run):
    """Of the seconds before, and those after each event: the median of the p99, and the worst."""
    seconds = {int(second): values for second, values in run["seconds"].items()}
    spans = {"before": range(3, EVENTS["reload"])}
    spans.update({event: range(at, at + AFTER) for event, at in EVENTS.items()})
    return {name: [measure([seconds[s][q] for s in span if s in seconds])
                   for measure, q in ((statistics.median, 1), (max, 1))]
            for name, span in spans.items()}


def picture(results, file):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    figure, axes = plt.subplots(len(results), 1, figsize=(9, 2.3 * len(results)), sharex=True, sharey=True)
    for axis, (name, runs) in zip(axes if len(results) > 1 else [axes], results.items()):
        for index, label in ((0, "p50"), (1, "p99"), (2, "worst")):
            seconds = range(2, SECONDS - 1)
            axis.plot(seconds, [statistics.median(
                {int(k): v for k, v in run["seconds"].items()}.get(s, [0, 0, 0])[index] for run in runs)
                for s in seconds], label=label)
        for event, at in EVENTS.items():
            axis.axvline(at, color="grey", linestyle=":")
            axis.text(at + 0.3, 0.92, event, transform=axis.get_xaxis_transform(), fontsize=8, va="top")
        axis.set_yscale("log")
        axis.set_title(name, fontsize=9, loc="left")
        axis.set_ylabel("ms")
        axis.grid(alpha=0.3)
    (axes[0] if len(results) > 1 else axes).legend(loc="upper right", fontsize=8)
    (axes[-1] if len(results) > 1 else axes).set_xlabel("seconds")
    figure.tight_layout()
    figure.savefig(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--java", default="java")
    parser.add_argument("--jar", default=JAR)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="one variant")
    parser.add_argument("--json")
    parser.add_argument("--from", dest="source")
    parser.add_argument("--svg")
    options = parser.parse_args()
    if options.source:
        with open(options.source) as file:
            results = json.load(file)
    else:
        cache = tempfile.mkdtemp(prefix="planned-cache-")
        training = start(options.java, options.jar, variants(cache)["everything"][0])
        training.await_text("the next workers use")
        training.stop()
        chosen = {name: variant for name, variant in variants(cache).items() if options.only in (None, name)}
        results = {name: [] for name in chosen}
        for number in range(options.rounds):
            for name, variant in chosen.items():
                run = measure(options.java, options.jar, *variant)
                results[name].append(run)
                print(number, name, "%.0f/s, %d failed" % (run["rate"], run["failed"]),
                      {span: ["%.1f" % value for value in values] for span, values in summary(run).items()},
                      flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file)
    print("| p99 in ms, median of the seconds (worst second) | before | reload | recycling | crash | failed |")
    print("|---|---|---|---|---|---|")
    for name, runs in results.items():
        spans = [summary(run) for run in runs]
        cells = ["%.1f (%.1f)" % tuple(statistics.median(span[key][i] for span in spans) for i in (0, 1))
                 for key in spans[0]]
        print("| %s | %s | %d |" % (name, " | ".join(cells), sum(run["failed"] for run in runs)))
    if options.svg:
        picture(results, options.svg)


if __name__ == "__main__":
    main()
