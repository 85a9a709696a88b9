#!/usr/bin/env python3
"""What a table of 200 MB costs per worker: the memory of all processes (proportional set, after look-ups all over
the table) with one to four workers, with and without it. Needs a packaged sample application.

    sample-app/bench/shared.py
"""
import argparse
import os
import random
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
JAR = os.path.join(os.path.dirname(HERE), "target", "sample-app.jar")
ARTICLES = 2_300_000
LOOK_UPS = 4000


def printed(log):
    with open(log.name) as file:
        return file.read()


def pss(pid):
    with open("/proc/%d/smaps_rollup" % pid) as file:
        return int(re.search(r"^Pss:\s+(\d+)", file.read(), re.M).group(1)) / 1024


def measure(java, jar, workers, articles):
    log = tempfile.NamedTemporaryFile("w+", prefix="shared-", suffix=".log")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [java, "-jar", jar, "--server.port=%d" % port, "--prefork.workers=%d" % workers,
               "--prefork.event-loops=1", "--prefork.preload.enabled=false"]
    process = subprocess.Popen(command + (["--sample.prices=%d" % articles] if articles else []), stdout=log, stderr=log)
    try:
        end = time.time() + 180
        while " ready address" not in printed(log):
            if time.time() > end or process.poll() is not None:
                raise SystemExit(printed(log)[-3000:])
            time.sleep(0.1)
        for _ in range(LOOK_UPS):
            path = "prices/%d" % random.randrange(articles) if articles else "hello"
            with urllib.request.urlopen("http://127.0.0.1:%d/%s" % (port, path), timeout=10) as answer:
                answer.read()
        pids = re.findall(r"pid=(\d+) ready", printed(log))
        return sum(pss(int(pid)) for pid in pids), re.findall(r"Shared data .*", printed(log))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


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
