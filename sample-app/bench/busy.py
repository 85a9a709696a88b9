#!/usr/bin/env python3
"""What newcomers see while kept connections never pause, and while the service is reloaded.

Kept connections send /burn?ms=3 without a pause; beside them new connections are opened at a
constant rate, each for one request. Every second: requests and latencies of both, and how many
connections wait in the accept queue (/proc/net/tcp). One service after the other: a plain JVM
and each distribution, from one or more jars. Needs a packaged sample application, a quiet
machine, and matplotlib for the picture.

    sample-app/bench/busy.py --json busy.json --svg docs/images/busy-loops.svg
    sample-app/bench/busy.py --jar before=/tmp/old.jar --jar now=sample-app/target/sample-app.jar
    sample-app/bench/busy.py --from busy.json --svg docs/images/busy-loops.svg
"""
import argparse
import asyncio
import collections
import glob
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import time

import charts

HERE = os.path.dirname(os.path.abspath(__file__))
JAR = os.path.join(HERE, "..", "target", "sample-app.jar")
JVM = ["-XX:+UseSerialGC", "-Xmx128m"]
PLAIN = "plain"
TIME_OUT = 10
FAILED = -1.0


class Service:
    """The sample application, as a service of two workers or as one plain JVM."""

    def __init__(self, java, jar, distribution, more):
        self.log = tempfile.NamedTemporaryFile("w+", prefix="busy-", suffix=".log")
        how = ["--prefork.enabled=false"] if distribution == PLAIN else [
            "--prefork.distribution=" + distribution, "--prefork.workers=2", "--prefork.event-loops=1",
            "--prefork.preload.enabled=false",
            "--prefork.reload.canary=5s", "--prefork.jvm.options=" + ",".join(JVM), *more]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [java, *JVM, "-jar", jar, "--server.port=%d" % self.port, *how], stdout=self.log, stderr=self.log)
        self.wait("Started SampleApplication" if distribution == PLAIN else " ready address")

    def printed(self):
        with open(self.log.name) as file:
            return file.read()

    def wait(self, text, limit=120):
        end = time.time() + limit
        while text not in self.printed():
            if time.time() > end or self.process.poll() is not None:
                self.process.kill()
                raise SystemExit("not started: " + self.printed()[-2000:])
            time.sleep(0.1)

    def waiting(self):
        """How many connections wait to be accepted, in all queues of the port."""
        waiting = 0
        for file in glob.glob("/proc/net/tcp*"):
            with open(file) as lines:
                for fields in map(str.split, lines):
                    if fields[3] == "0A" and fields[1].endswith(":%04X" % self.port):
                        waiting += int(fields[4].split(":")[1], 16)
        return waiting

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.log.close()


class Load:
    """Kept and fresh connections, and what became of their requests."""

    def __init__(self, port, seconds, path):
        self.port = port
        self.request = ("GET %s HTTP/1.1\r\nHost: localhost\r\n" % path).encode()
        self.began = time.monotonic()
        self.end = self.began + seconds
        self.latencies = {"kept": collections.defaultdict(list), "fresh": collections.defaultdict(list)}

    def is_over(self):
        return time.monotonic() >= self.end

    async def keep(self):
        stream = None
        while not self.is_over():
            since = time.monotonic()
            try:
                if stream is None:
                    stream = await asyncio.open_connection("127.0.0.1", self.port)
                closing = await asyncio.wait_for(self.ask(stream, b"\r\n"), TIME_OUT)
                self.note("kept", since)
            except (OSError, EOFError, asyncio.TimeoutError):
                self.note("kept", since, failed=True)
                closing = True
            if closing and stream is not None:
                stream[1].close()
                stream = None

    async def newcomer(self):
        since = time.monotonic()
        stream = None
        try:
            stream = await asyncio.open_connection("127.0.0.1", self.port)
            await asyncio.wait_for(self.ask(stream, b"Connection: close\r\n\r\n"), TIME_OUT)
            self.note("fresh", since)
        except (OSError, EOFError, asyncio.TimeoutError):
            self.note("fresh", since, failed=True)
        if stream is not None:
            stream[1].close()

    async def newcomers(self, rate):
        tasks = set()
        due = time.monotonic()
        while not self.is_over():
            task = asyncio.ensure_future(self.newcomer())
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            due += 1 / rate
            await asyncio.sleep(max(0, due - time.monotonic()))
        await asyncio.gather(*tasks)

    async def ask(self, stream, rest):
        """One request; tells whether the server closes the connection."""
        reader, writer = stream
        writer.write(self.request + rest)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(re.search(rb"content-length: (\d+)", head).group(1)))
        if not head.startswith(b"http/1.1 200"):
            raise EOFError(head)
        return b"connection: close" in head

    def note(self, kind, since, failed=False):
        took = FAILED if failed else (time.monotonic() - since) * 1000
        self.latencies[kind][int(since - self.began)].append(took)


async def measure(service, chosen, reloads):
    load = Load(service.port, chosen.seconds, chosen.path)
    seconds = []
    clients = [asyncio.ensure_future(load.keep()) for _ in range(chosen.kept)]
    clients.append(asyncio.ensure_future(load.newcomers(chosen.rate)))
    while not load.is_over():
        if reloads and len(seconds) == reloads[0]:
            service.process.send_signal(signal.SIGHUP)
            reloads = reloads[1:]
        seconds.append({"waiting": service.waiting()})
        await asyncio.sleep(max(0, load.began + len(seconds) - time.monotonic()))
    await asyncio.gather(*clients)
    for kind, latencies in load.latencies.items():
        for second, row in enumerate(seconds):
            row[kind] = figures(latencies[second])
    return {"seconds": seconds, "all": {kind: figures([one for some in each.values() for one in some])
                                        for kind, each in load.latencies.items()}}


def figures(latencies):
    """Latencies in ms, a failed one as long as the time-out."""
    failed = latencies.count(FAILED)
    taken = sorted(TIME_OUT * 1000 if one == FAILED else one for one in latencies)
    return {"requests": len(taken), "failed": failed,
            "p50": round(taken[len(taken) // 2], 1) if taken else None,
            "p99": round(taken[int(len(taken) * 0.99)], 1) if taken else None}


def table(results):
    lines = ["| | kept: requests | failed | p50 ms | p99 ms | fresh: requests | failed | p50 ms | p99 ms "
             "| waiting: median | most |", "|---" * 11 + "|"]
    for name, result in results.items():
        cells = [result["all"][kind][figure] for kind in ("kept", "fresh")
                 for figure in ("requests", "failed", "p50", "p99")]
        waiting = [row["waiting"] for row in result["seconds"]]
        cells += [int(statistics.median(waiting)), max(waiting)]
        lines.append("| %s | %s |" % (name, " | ".join("%g" % cell for cell in cells)))
    return "\n".join(lines)


def draw(results, path):
    """One row for each service: latencies of fresh and kept connections, and the queue."""
    figure, rows = charts.subplots("busy", len(results), 2, figsize=(9, 1.7 * len(results)), sharex=True,
                                   sharey="col", squeeze=False)
    for (name, result), (latency, queue) in zip(results.items(), rows):
        seconds = range(len(result["seconds"]))
        for kind, colour in (("fresh", "#e08a3c"), ("kept", "#4c8dd6")):
            for measure_, style in (("p50", "-"), ("p99", ":")):
                latency.plot(seconds, [row[kind][measure_] for row in result["seconds"]], style, color=colour,
                             linewidth=1.2, label="%s, %s" % (kind, measure_))
        queue.fill_between(seconds, [row["waiting"] for row in result["seconds"]], color="#808080", linewidth=0)
        for at in result["reloads"]:
            latency.axvline(at, color="#808080", linewidth=0.6)
            queue.axvline(at, color="#808080", linewidth=0.6)
        latency.set_yscale("log")
        latency.set_title(name, loc="left", fontsize=9)
    rows[0][0].legend(ncols=2, frameon=False, fontsize=7, loc="upper right")
    rows[0][1].set_title("connections that wait", loc="left", fontsize=9)
    for latency, queue in rows:
        latency.set_ylabel("ms")
    for axes in rows[-1]:
        axes.set_xlabel("s; lines: a reload begins")
    charts.save(figure, path)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--service", nargs="+", default=[PLAIN, "shared", "reuseport", "dispatch"])
    options.add_argument("--jar", action="append", help="JAR or NAME=JAR; again to compare several")
    options.add_argument("--java", default="java")
    options.add_argument("--seconds", type=int, default=150)
    options.add_argument("--reload", nargs="*", type=int, default=[30, 65, 100], help="seconds at which reloads begin")
    options.add_argument("--kept", type=int, default=64, help="number of kept connections")
    options.add_argument("--rate", type=int, default=50, help="new connections a second")
    options.add_argument("--path", default="/burn?ms=3")
    options.add_argument("--option", action="append", default=[], help="a further option of the service")
    options.add_argument("--json", help="where to write all results; those of other services that are there stay")
    options.add_argument("--svg", help="where to draw them")
    options.add_argument("--from", dest="results", help="results of an earlier run, to measure nothing")
    chosen = options.parse_args()

    results = {}
    kept = chosen.results or chosen.json
    if kept and os.path.exists(kept):
        with open(kept) as file:
            results = json.load(file)
    for jar in [] if chosen.results else chosen.jar or [JAR]:
        label, _, path = jar.rpartition("=")
        for kind in chosen.service:
            reloads = [] if kind == PLAIN else chosen.reload
            with Service(chosen.java, path, kind, chosen.option) as service:
                result = asyncio.run(measure(service, chosen, reloads))
            name = (kind + ", " + label) if label else kind
            results[name] = {"reloads": reloads, **result}
            print(table({name: results[name]}).splitlines()[-1], flush=True)
            if chosen.json:
                with open(chosen.json, "w") as file:
                    json.dump(results, file)
    if chosen.svg:
        draw(results, chosen.svg)
    print(table(results))


if __name__ == "__main__":
    main()
