#!/usr/bin/env python3
"""Compares the ways in which connections reach the workers.

For each distribution and number of workers: the share of the connections that each
worker gets (the largest against the mean), requests per second, the slowest percent,
and what happens when one of two workers is stopped for 3 s or killed. One plain JVM is
measured beside them in each round; speed is measured with two workers only. Rounds
follow one another in turn, and medians are reported. Needs wrk (Debian package), a
packaged sample application, and a quiet machine.

"at once": all connections are opened before the first request. "slowly": each is used
before the next is opened, 2 ms later. "each": a new connection for each request; that
share is of requests. 1 is even; with N workers, N is all on one. A worker counts as
many connections as it has answered the first request of. Each is tried three times, and
the median is taken.

    sample-app/bench/distribution.py --rounds 5 --workers 2 4 8 \\
        --json results.json --svg docs/images/distribution-share.svg
    sample-app/bench/distribution.py --from results.json --svg docs/images/distribution-share.svg
"""
import argparse
import collections
import json
import os
import re
import signal
import socket
import statistics
import sys
import threading
import time

from service import JAR, READY, Service, exchange, wrk

JVM = ["-XX:+UseSerialGC", "-Xmx128m"]
PLAIN = "plain"
TRIES = 3
CLOSE = ["-H", "Connection: close"]
COLOURS = {"shared": "#4c8dd6", "reuseport": "#e08a3c", "dispatch": "#5aa469"}


class Measured(Service):
    """The sample application, as a service or as one plain JVM."""

    def __init__(self, java, jar, distribution, workers):
        how = ["--prefork.enabled=false"] if distribution == PLAIN else [
            "--prefork.distribution=" + distribution, "--prefork.workers=%d" % workers,
            "--prefork.preload.enabled=false", "--prefork.jvm.options=" + ",".join(JVM)]
        super().__init__(java, jar, how, options=JVM)
        self.await_text("Started SampleApplication" if distribution == PLAIN else READY)

    def pids(self):
        return sorted(int(pid) for pid in re.findall(r"pid=(\d+) ready in", self.printed()))

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.stop()


def ask(connection):
    """One request on an open connection; tells which worker has answered."""
    return exchange(connection, "/pid")[1].decode()


def share(service, workers, connections, slowly):
    """The largest number of connections of one worker, against the mean."""
    opened = []
    try:
        for _ in range(connections):
            connection = socket.create_connection(("127.0.0.1", service.port), timeout=60)
            opened.append(connection)
            if slowly:
                ask(connection)
                time.sleep(0.002)
        counts = collections.Counter(ask(connection) for connection in opened)
        return max(counts.values()) * workers / connections
    finally:
        for connection in opened:
            connection.close()
        time.sleep(2.5)


def share_of_requests(service, workers, requests=2000, clients=16):
    """The largest number of requests that one worker has answered, each on a connection of its own."""
    answered = []

    def client():
        for _ in range(requests // clients):
            with socket.create_connection(("127.0.0.1", service.port), timeout=60) as connection:
                answered.append(ask(connection))

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return max(collections.Counter(answered).values()) * workers / len(answered)


def trouble(service, stop):
    """Connection per request while a worker is stopped for 3 s, or killed: served, failed, slowest in ms."""
    served, failed, slowest = [0], [0], [0.0]
    end = time.time() + 5

    def client():
        while time.time() < end:
            began = time.time()
            try:
                with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
                    ask(connection)
                served[0] += 1
            except (OSError, AttributeError):
                failed[0] += 1
            slowest[0] = max(slowest[0], (time.time() - began) * 1000)

    clients = [threading.Thread(target=client) for _ in range(16)]
    for each in clients:
        each.start()
    time.sleep(1)
    victim = service.pids()[-1]
    os.kill(victim, signal.SIGSTOP if stop else signal.SIGKILL)
    if stop:
        time.sleep(3)
        os.kill(victim, signal.SIGCONT)
    for each in clients:
        each.join()
    return served[0], failed[0], slowest[0]


def measure(java, jar, distribution, workers, warm_up, seconds):
    result = {}
    with Measured(java, jar, distribution, workers) as service:
        # Cold workers, and those that begin slowly on purpose, leave connections to the others.
        hello = service.url("/hello")
        wrk(hello, warm_up)
        if workers <= 2:
            measured = wrk(hello, seconds)
            result["keep-alive/s"], result["p99 ms"] = measured.rate, measured.p99
            wrk(hello, warm_up // 2, *CLOSE)
            measured = wrk(hello, seconds, *CLOSE)
            result["connections/s"], result["p99 ms, connection each"] = measured.rate, measured.p99
        if distribution == PLAIN:
            return result
        time.sleep(2.5)  # a worker balances again when no short connections have been seen for a while
        for connections in (64, 1000):
            for how, slowly in (("at once", False), ("slowly", True)):
                shares = [share(service, workers, connections, slowly) for _ in range(TRIES)]
                result["share of %d %s" % (connections, how)] = statistics.median(shares)
        result["share of requests, connection each"] = share_of_requests(service, workers)
        if workers == 2:
            result["stopped: served"], result["stopped: failed"], result["stopped: slowest ms"] = trouble(service, True)
            result["killed: served"], result["killed: failed"], result["killed: slowest ms"] = trouble(service, False)
    return result


def run(java, jar, kinds, number, warm_up, seconds):
    """Measures each kind of service a number of times, in turns."""
    rounds = collections.defaultdict(list)
    for turn in range(number):
        for mode, workers in kinds:
            result = measure(java, jar, mode, workers, warm_up, seconds)
            rounds["%s-%d" % (mode, workers)].append(result)
            print("round %d, %s, %d: %s" % (turn + 1, mode, workers, result), file=sys.stderr, flush=True)
    return rounds


def medians(results):
    names = dict.fromkeys(name for result in results for name in result)
    return {name: statistics.median(result[name] for result in results if name in result) for name in names}


def table(rounds):
    rows = {kind: medians(results) for kind, results in rounds.items()}
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    lines = ["| | " + " | ".join(name.replace("-", ", ") for name in rows) + " |", "|---" * (len(rows) + 1) + "|"]
    for name in names:
        cells = ["" if name not in row else ("%.2f" if name.startswith("share") else "%.0f") % row[name]
                 for row in rows.values()]
        lines.append("| %s | %s |" % (name, " | ".join(cells)))
    return "\n".join(lines)


def chart(rounds):
    """Bars of the shares, one panel for each number of workers, in colours for light and dark pages."""
    rows = {}
    for kind, results in rounds.items():
        mode, workers = kind.rsplit("-", 1)
        shares = {name: value for name, value in medians(results).items() if name.startswith("share")}
        if shares:
            rows.setdefault(int(workers), {})[mode] = shares
    names = list(dict.fromkeys(name for modes in rows.values() for shares in modes.values() for name in shares))
    modes = list(dict.fromkeys(mode for each in rows.values() for mode in each))
    top = max([2.0] + [value for each in rows.values() for shares in each.values() for value in shares.values()])
    height, left, bar = 110, 50, 22
    group = bar * len(modes) + 44
    width = left + group * len(names) + 10
    out = []

    def text(x, y, what, anchor="middle", colour="#808080"):
        out.append('<text x="%g" y="%g" text-anchor="%s" fill="%s">%s</text>' % (x, y, anchor, colour, what))

    for at, mode in enumerate(modes):
        colour = COLOURS.get(mode, "#808080")
        out.append('<rect x="%g" y="8" width="12" height="12" fill="%s"/>' % (left + 110 * at, colour))
        text(left + 110 * at + 18, 18, mode, "start")
    y = 36
    for workers, each in sorted(rows.items()):
        floor = y + 14 + height
        text(left, y + 8, "%d workers: largest share against the mean" % workers, "start")
        for level in (1, 1.2, top):
            at = floor - height * level / top
            out.append('<path d="M%g %gH%g" stroke="#808080" stroke-opacity=".6"%s/>' % (
                left, at, width - 10, "" if level == 1 else ' stroke-dasharray="3 4"'))
            text(left - 6, at + (8 if level == 1 else 0), "%.2g" % level, "end")
        for column, name in enumerate(names):
            x = left + group * column + 22
            for position, mode in enumerate(modes):
                value = each.get(mode, {}).get(name)
                if value is not None:
                    size = height * value / top
                    out.append('<rect x="%g" y="%g" width="%g" height="%g" fill="%s"/>' % (
                        x + bar * position, floor - size, bar - 3, size, COLOURS.get(mode, "#808080")))
                    text(x + bar * position + bar / 2 - 1, floor - size - 3, "%.2f" % value)
            text(x + group / 2 - 22, floor + 14, name.replace("share of ", ""))
        y = floor + 30
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" font-family="sans-serif"'
            ' font-size="10">%s</svg>\n' % (width, y, width, "".join(out)))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--distribution", nargs="+", default=["shared", "reuseport", "dispatch"])
    options.add_argument("--workers", nargs="+", type=int, default=[2, 4, 8])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--warm-up", type=int, default=30, help="seconds of load before anything is measured")
    options.add_argument("--seconds", type=int, default=5, help="length of each wrk run")
    options.add_argument("--java", default="java")
    options.add_argument("--jar", default=JAR)
    options.add_argument("--json", help="where to write all results")
    options.add_argument("--svg", help="where to draw the shares")
    options.add_argument("--from", dest="results", help="results of an earlier run, to measure nothing")
    chosen = options.parse_args()

    if chosen.results:
        with open(chosen.results) as file:
            rounds = json.load(file)
    else:
        kinds = [(PLAIN, 1)] + [(mode, workers) for workers in chosen.workers for mode in chosen.distribution]
        rounds = run(chosen.java, chosen.jar, kinds, chosen.rounds, chosen.warm_up, chosen.seconds)
    if chosen.json:
        with open(chosen.json, "w") as file:
            json.dump(rounds, file, indent=1)
    if chosen.svg:
        os.makedirs(os.path.dirname(os.path.abspath(chosen.svg)), exist_ok=True)
        with open(chosen.svg, "w") as file:
            file.write(chart(rounds))
    print(table(rounds))


if __name__ == "__main__":
    main()
