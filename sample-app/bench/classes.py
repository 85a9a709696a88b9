#!/usr/bin/env python3
"""Compares worker classes with each other and with one plain JVM.

All services run all the time and one at a time is under load, in rounds: requests per
second and the slowest percent for requests that do next to nothing (/hello), wait without a
thread (/slow), block one (/block), or keep a CPU busy (/burn). Medians of the rounds
are printed as Markdown. Needs wrk (Debian package), a packaged sample application, and
a quiet machine.

    sample-app/bench/classes.py --rounds 3 --duration 8 --java25 /usr/lib/jvm/temurin-25-jdk-amd64/bin/java
"""
import argparse
import os
import statistics
import time

from service import CONNECTIONS, JAR, READY, Service, wrk

PATHS = ["/hello", "/slow?ms=20", "/block?ms=20", "/burn?ms=5"]
CLASSES = ["event-loop", "threads", "sync", "virtual-threads"]
PLAIN = "plain JVM"


def start(name, java, workers):
    arguments = ["--sample.faults.enabled=true", "--prefork.stall-threshold=0"]
    if name == PLAIN:
        service = Service(java, JAR, [*arguments, "--prefork.enabled=false"])
        service.await_text("Started SampleApplication")
        return service
    service = Service(java, JAR, [*arguments, "--prefork.worker-class=" + name, "--prefork.workers=%d" % workers,
                                  "--prefork.event-loops=1", "--prefork.preload.enabled=false"])
    service.await_text(READY)
    return service


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--duration", type=int, default=8, help="seconds of each measurement")
    parser.add_argument("--warmup", type=int, default=20, help="seconds for each service")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--java", default="java")
    parser.add_argument("--java25", default="", help="a java with virtual threads; without one they are left out")
    options = parser.parse_args()
    java = {name: options.java for name in [PLAIN, *CLASSES]}
    java["virtual-threads"] = options.java25
    services = {}
    results = {}
    try:
        for name in [PLAIN, *CLASSES]:
            if java[name]:
                services[name] = start(name, java[name], options.workers)
                wrk(services[name].url(PATHS[0]), options.warmup)
                for path in PATHS[1:]:
                    wrk(services[name].url(path), 2)
        for _ in range(options.rounds):
            for path in PATHS:
                for name, service in services.items():
                    results.setdefault((name, path), []).append(wrk(service.url(path), options.duration))
                    time.sleep(1)
    finally:
        for service in services.values():
            service.stop()
    print("%d workers with one event loop each, %d CPUs, %d connections; requests per second / p99 in ms\n"
          % (options.workers, os.cpu_count(), CONNECTIONS))
    print("| | %s |" % " | ".join("`%s`" % path for path in PATHS))
    print("|---|%s" % ("---|" * len(PATHS)))
    for name in services:
        cells = []
        for path in PATHS:
            rounds = results[name, path]
            wrong = sum(measured.refused for measured in rounds)
            cells.append("%.0f / %.0f%s" % (statistics.median(measured.rate for measured in rounds),
                                            statistics.median(measured.p99 for measured in rounds),
                                            " (%d refused)" % wrong if wrong else ""))
        print("| %s | %s |" % (name, " | ".join(cells)))


if __name__ == "__main__":
    main()
