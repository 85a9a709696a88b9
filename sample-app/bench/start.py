#!/usr/bin/env python3
"""What a start costs: a plain JVM, and a service of two workers without and with preloading.

For each: seconds to the first answer and until all workers are ready, CPU seconds until then, requests
that wrk gets answered in the first 20 s after 5 s, and the memory of each process after that
(proportional set). One after the other in each round, medians of the rounds. Needs a packaged sample
application, wrk and a quiet machine.

    sample-app/bench/start.py --rounds 5
    sample-app/bench/start.py --rounds 5 --java /usr/lib/jvm/temurin-25-jdk-amd64/bin/java --json 25.json
    sample-app/bench/start.py --from "JDK 17=17.json" --from "JDK 25=25.json" --svg docs/images/start.svg
"""
import argparse
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
JAR = os.environ.get("JAR", os.path.join(os.path.dirname(HERE), "target", "sample-app.jar"))
TICKS = os.sysconf("SC_CLK_TCK")
STEPS = 10
PLAIN = "plain"


def variants(cache):
    workers = ["--prefork.workers=2", "--prefork.event-loops=1"]
    return {
        PLAIN: ["--prefork.enabled=false"],
        "prefork": workers + ["--prefork.preload.enabled=false"],
        "prefork, preloaded": workers + ["--prefork.preload.cache-dir=" + cache],
    }


def read(pid, name):
    try:
        with open("/proc/%d/%s" % (pid, name)) as file:
            return file.read()
    except OSError:
        return ""


def family(pid):
    pids = [pid]
    for task in os.listdir("/proc/%d/task" % pid) if os.path.isdir("/proc/%d/task" % pid) else []:
        for child in read(pid, "task/%s/children" % task).split():
            pids += family(int(child))
    return pids


def cpu(pid):
    fields = read(pid, "stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0


def pss(pid):
    found = re.search(r"^Pss:\s+(\d+)", read(pid, "smaps_rollup"), re.M)
    return int(found.group(1)) // 1024 if found else 0


class Service:
    def __init__(self, java, arguments):
        self.log = tempfile.NamedTemporaryFile("w+", prefix="start-", suffix=".log")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.begun = time.time()
        self.process = subprocess.Popen([java, "-jar", JAR, "--server.port=%d" % self.port, *arguments],
                                        stdout=self.log, stderr=self.log)

    def since(self):
        return time.time() - self.begun

    def await_answer(self):
        while True:
            try:
                with urllib.request.urlopen("http://127.0.0.1:%d/hello" % self.port, timeout=30) as answer:
                    answer.read()
                    return self.since()
            except (urllib.error.URLError, OSError):
                if self.process.poll() is not None or self.since() > 180:
                    raise SystemExit(self.printed()[-3000:])
                time.sleep(0.02)

    def printed(self):
        with open(self.log.name) as file:
            return file.read()

    def await_line(self, text, limit=180):
        end = time.time() + limit
        while text not in self.printed():
            if time.time() > end:
                raise SystemExit("waited in vain for %r: %s" % (text, self.printed()[-3000:]))
            time.sleep(0.02)
        return self.since()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def wrk(port, seconds):
    printed = subprocess.run(["wrk", "-t1", "-c64", "-d%ds" % seconds, "http://127.0.0.1:%d/hello" % port],
                             capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(\d+) requests in", printed).group(1))


def measure(java, name, arguments):
    service = Service(java, arguments)
    try:
        first = service.await_answer()
        ready = first if name == PLAIN else service.await_line(" ready address")
        used = sum(cpu(pid) for pid in family(service.process.pid))
        time.sleep(5)
        steps = [wrk(service.port, 2) for _ in range(STEPS)]
        memory = [pss(pid) for pid in family(service.process.pid)]
        return {"first": first, "ready": ready, "cpu": used, "steps": steps, "requests": sum(steps), "pss": memory}
    finally:
        service.stop()


def picture(files, svg):
    """Requests per second over time, medians of the rounds, from the results of several JDKs."""
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    figure, axes = plt.subplots(1, len(files), figsize=(4.5 * len(files), 3), sharey=True, squeeze=False)
    for axis, (title, file) in zip(axes[0], (name.split("=", 1) for name in files)):
        with open(file) as source:
            results = json.load(source)
        for name, runs in results.items():
            steps = [statistics.median(step) / 2 for step in zip(*(run["steps"] for run in runs))]
            axis.plot(range(2, 2 * STEPS + 1, 2), steps, label=name, marker=".")
        axis.set_title(title, fontsize=9, loc="left")
        axis.set_xlabel("seconds under load")
        axis.grid(alpha=0.3)
    axes[0][0].set_ylim(bottom=0)
    axes[0][0].set_ylabel("requests/s")
    axes[0][0].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(svg)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--java", default="java")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json")
    parser.add_argument("--from", dest="sources", action="append", help="TITLE=FILE written with --json")
    parser.add_argument("--svg")
    options = parser.parse_args()
    if options.sources:
        picture(options.sources, options.svg)
        return
    cache = tempfile.mkdtemp(prefix="start-cache-")
    training = Service(options.java, variants(cache)["prefork, preloaded"])
    training.await_line("preload: ")
    training.await_line("the next workers use")
    training.stop()
    results = {name: [] for name in variants(cache)}
    for number in range(options.rounds):
        for name, arguments in variants(cache).items():
            results[name].append(measure(options.java, name, arguments))
            print(number, name, results[name][-1], flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file)
    print("| | first answer | all ready | CPU until then | requests in 20 s | PSS after that, MB |")
    print("|---|---|---|---|---|---|")
    for name, runs in results.items():
        median = {key: statistics.median(run[key] for run in runs) for key in ("first", "ready", "cpu", "requests")}
        memory = " + ".join("%d" % statistics.median(of) for of in zip(*(run["pss"] for run in runs)))
        print("| %s | %.2f s | %.2f s | %.2f s | %d | %s |" % (name, median["first"], median["ready"], median["cpu"],
                                                              median["requests"], memory))


if __name__ == "__main__":
    main()
