#!/usr/bin/env python3
"""What a start costs: a plain JVM, and a service of two workers without and with preloading, trained with and
without requests.

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
import re
import statistics
import tempfile
import time
import urllib.error
import urllib.request

from service import JAR, READY, Service, cpu, family, pss, wrk

STEPS = 10
PLAIN = "plain"
PRELOADED = "prefork, preloaded"
TRAINED = "prefork, trained with requests"
PREPARED = [PRELOADED, TRAINED]


def variants(cache):
    workers = ["--prefork.workers=2", "--prefork.event-loops=1"]
    return {
        PLAIN: ["--prefork.enabled=false"],
        "prefork": workers + ["--prefork.preload.enabled=false"],
        PRELOADED: workers + ["--prefork.preload.cache-dir=" + cache],
        TRAINED: workers + ["--prefork.preload.cache-dir=" + cache, "--prefork.preload.training=requests",
                            "--prefork.preload.warmup=/hello"],
    }


def await_answer(service):
    while True:
        try:
            with urllib.request.urlopen(service.url("/hello"), timeout=30) as answer:
                answer.read()
                return service.since()
        except (urllib.error.URLError, OSError):
            if service.process.poll() is not None or service.since() > 180:
                raise SystemExit(service.printed()[-3000:])
            time.sleep(0.02)


def measure(java, jar, name, arguments):
    service = Service(java, jar, arguments)
    try:
        first = await_answer(service)
        ready = first if name == PLAIN else service.await_text(READY)
        used = sum(cpu(pid) for pid in family(service.process.pid))
        time.sleep(5)
        steps = []
        for _ in range(STEPS):
            steps.append(wrk(service.url("/hello"), 2).requests)
            # Workers compare how many connections they have: those of the step before have to be gone.
            time.sleep(0.3)
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
    parser.add_argument("--jar", default=JAR)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json")
    parser.add_argument("--from", dest="sources", action="append", help="TITLE=FILE written with --json")
    parser.add_argument("--svg")
    options = parser.parse_args()
    if options.sources:
        picture(options.sources, options.svg)
        return
    cache = tempfile.mkdtemp(prefix="start-cache-")
    for name in PREPARED:
        service = Service(options.java, options.jar, variants(cache)[name])
        service.await_text("the next workers use")
        service.stop()
    results = {name: [] for name in variants(cache)}
    for number in range(options.rounds):
        for name, arguments in variants(cache).items():
            results[name].append(measure(options.java, options.jar, name, arguments))
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
