#!/usr/bin/env python3
"""Compares the ways in which connections reach the workers.

For each distribution and number of workers: the share of the connections that each
worker gets (the largest against the mean), requests per second, the slowest percent,
and what happens when one of two workers is stopped for 3 s or killed. One plain JVM is
measured beside them in each round. Rounds follow one another in turn, and medians are
reported. Needs wrk (Debian package), a packaged sample application, and a quiet machine.

    sample-app/bench/distribution.py --rounds 5 --workers 2 4 8
"""
import argparse
import collections
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
JAR = os.path.join(HERE, "..", "target", "sample-app.jar")
JVM = ["-XX:+UseSerialGC", "-Xmx128m"]
PLAIN = "plain"


class Service:
    """The sample application, as a service or as one plain JVM."""

    def __init__(self, java, jar, distribution, workers):
        self.log = tempfile.NamedTemporaryFile("w+", prefix="distribution-", suffix=".log")
        how = ["--prefork.enabled=false"] if distribution == PLAIN else [
            "--prefork.distribution=" + distribution, "--prefork.workers=%d" % workers,
            "--prefork.jvm.options=" + ",".join(JVM)]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [java, *JVM, "-jar", jar, "--server.port=%d" % self.port, *how], stdout=self.log, stderr=self.log)
        self.wait("Started SampleApplication" if distribution == PLAIN else " ready address")

    def wait(self, text, limit=120):
        end = time.time() + limit
        while text not in open(self.log.name).read():
            if time.time() > end or self.process.poll() is not None:
                sys.exit("not started, see: " + open(self.log.name).read()[-2000:])
            time.sleep(0.1)

    def pids(self):
        return sorted(int(pid) for pid in re.findall(r"pid=(\d+) ready in", open(self.log.name).read()))

    def get(self, path):
        return urllib.request.urlopen("http://127.0.0.1:%d%s" % (self.port, path), timeout=30).read().decode()

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.log.close()


def ask(connection):
    """One request on an open connection; tells which worker has answered."""
    connection.sendall(b"GET /pid HTTP/1.1\r\nHost: localhost\r\n\r\n")
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = connection.recv(4096)
        if not part:
            raise ConnectionError("closed")
        answer += part
    head, body = answer.split(b"\r\n\r\n", 1)
    length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE).group(1))
    while len(body) < length:
        body += connection.recv(4096)
    return body.decode()


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


def wrk(service, seconds, close):
    command = ["wrk", "-t1", "-c64", "-d%d" % seconds, "--latency"]
    if close:
        command += ["-H", "Connection: close"]
    out = subprocess.run(command + ["http://127.0.0.1:%d/hello" % service.port], capture_output=True, text=True).stdout
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    scale = {"us": 0.001, "ms": 1, "s": 1000}[slowest.group(2)]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), float(slowest.group(1)) * scale


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


def measure(java, jar, distribution, workers, seconds):
    result = {}
    with Service(java, jar, distribution, workers) as service:
        for _ in range(2):
            wrk(service, seconds, False)
        result["keep-alive/s"], result["p99 ms"] = wrk(service, seconds, False)
        wrk(service, seconds, True)
        result["connections/s"], result["p99 ms, connection each"] = wrk(service, seconds, True)
        if distribution == PLAIN:
            return result
        time.sleep(2.5)  # a worker balances again when no short connections have been seen for a while
        for connections in (64, 1000):
            result["share of %d at once" % connections] = share(service, workers, connections, False)
            result["share of %d slowly" % connections] = share(service, workers, connections, True)
        if workers == 2:
            result["stopped: served"], result["stopped: failed"], result["stopped: slowest ms"] = trouble(service, True)
            result["killed: served"], result["killed: failed"], result["killed: slowest ms"] = trouble(service, False)
    return result


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--distribution", nargs="+", default=["shared", "reuseport", "dispatch"])
    options.add_argument("--workers", nargs="+", type=int, default=[2, 4, 8])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=5, help="length of each wrk run")
    options.add_argument("--java", default="java")
    options.add_argument("--jar", default=JAR)
    options.add_argument("--json", help="where to write all results")
    chosen = options.parse_args()

    kinds = [(PLAIN, 1)] + [(mode, workers) for workers in chosen.workers for mode in chosen.distribution]
    rounds = collections.defaultdict(list)
    for number in range(chosen.rounds):
        for kind in kinds:
            rounds[kind].append(measure(chosen.java, chosen.jar, *kind, chosen.seconds))
            print("round %d, %s, %d: %s" % (number + 1, *kind, rounds[kind][-1]), file=sys.stderr, flush=True)
    if chosen.json:
        with open(chosen.json, "w") as file:
            json.dump({"%s-%d" % kind: results for kind, results in rounds.items()}, file, indent=1)

    columns = list(dict.fromkeys(name for results in rounds.values() for name in results[0]))
    print("| | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for kind in kinds:
        cells = []
        for name in columns:
            values = [result[name] for result in rounds[kind] if name in result]
            middle = statistics.median(values) if values else None
            cells.append("" if middle is None else "%.2f" % middle if middle < 10 and "share" in name else "%.0f" % middle)
        print("| %s, %d | %s |" % (*kind, " | ".join(cells)))


if __name__ == "__main__":
    main()
