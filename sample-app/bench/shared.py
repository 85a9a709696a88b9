#!/usr/bin/env python3
"""What a table of 200 MB costs per worker: the memory of all processes (proportional set, after look-ups all over
the table) with one to four workers, with and without it. Needs a packaged sample application.

    sample-app/bench/shared.py
"""
import argparse
import random
import re
import urllib.request

from service import JAR, READY, Service, pss

ARTICLES = 2_300_000
LOOK_UPS = 4000


def measure(java, jar, workers, articles):
    service = Service(java, jar, ["--prefork.workers=%d" % workers, "--prefork.event-loops=1",
                                  "--prefork.preload.enabled=false"]
                      + (["--sample.prices=%d" % articles] if articles else []))
    try:
        service.await_text(READY)
        for _ in range(LOOK_UPS):
            path = "/prices/%d" % random.randrange(articles) if articles else "/hello"
            with urllib.request.urlopen(service.url(path), timeout=10) as answer:
                answer.read()
        pids = re.findall(r"pid=(\d+) ready", service.printed())
        return sum(pss(int(pid)) for pid in pids), re.findall(r"Shared data .*", service.printed())
    finally:
        service.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--java", default="java")
    parser.add_argument("--jar", default=JAR)
    options = parser.parse_args()
    print("| workers | without, MB (PSS) | with the table, MB (PSS) | difference |")
    print("|---|---|---|---|")
    for workers in (1, 2, 4):
        without, with_table = (measure(options.java, options.jar, workers, articles) for articles in (0, ARTICLES))
        print("| %d | %.0f | %.0f | %.0f |" % (workers, without[0], with_table[0], with_table[0] - without[0]), flush=True)
    print(with_table[1])


if __name__ == "__main__":
    main()
