#!/usr/bin/env python3
"""Compares the service with what one would do without it, on one machine.

One plain JVM; as many plain JVMs as workers, behind HAProxy or behind nginx with the
files of docs/deploy; and a handler of uWSGI's plugin for the JVM, which can't run a
Spring application. All run all the time and one at a time is under load, in rounds;
medians are reported. Then each gets a release, the ones behind a balancer one by one,
while 8 clients send a request every 20 ms. Needs wrk, haproxy and nginx (Debian
packages), a packaged sample application, and a quiet machine; uWSGI is left out without
uwsgi-core and uwsgi-plugin-jwsgi-openjdk-17.

    sample-app/bench/alternatives.py --rounds 5 --json alternatives.json
    sample-app/bench/alternatives.py --from alternatives.json --svg docs/images/alternatives.svg
"""
import argparse
import json
import os
import re
import select
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request

import charts
from service import JAR, READY, Service, cpu, exchange, family, free_port, pss, wrk

DEPLOY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "deploy")
LOAD = ["requests/s", "p99 ms", "CPU us/request", "PSS MB"]
STARTED = "Started SampleApplication"
CLIENTS = 8
PAUSE = 0.02
# How long it takes until HAProxy has seen that a server is back: two checks, a second apart.
CHECKED = 3
HANDLER = """
import java.util.HashMap;
public class Hello {
    public static Object[] application(HashMap<String, Object> request) {
        HashMap<String, Object> headers = new HashMap<>();
        headers.put("Content-Type", "text/plain");
        headers.put("Content-Length", "5");
        return new Object[] { 200, headers, "Hello" };
    }
}
"""


def url(port):
    return "http://127.0.0.1:%d/hello" % port


def await_port(port):
    end = time.time() + 60
    while True:
        try:
            return urllib.request.urlopen(url(port), timeout=5).read()
        except OSError:
            if time.time() > end:
                raise
            time.sleep(0.05)


class Alone:
    """One plain JVM: a release is a stop and a start on its port."""

    def __init__(self, java, port=None):
        self.java = java
        self.port = port or free_port()
        self.begin()

    def begin(self):
        self.service = Service(self.java, JAR, ["--prefork.enabled=false"], port=self.port)
        self.service.await_text(STARTED)

    def pids(self):
        return family(self.service.process.pid)

    def release(self):
        self.service.stop()
        self.begin()

    def stop(self):
        self.service.stop()


class Forked:
    """The service: a release is a HUP."""

    def __init__(self, java, workers):
        self.service = Service(java, JAR, ["--prefork.workers=%d" % workers, "--prefork.reload.canary=0s"])
        self.service.await_text(READY)
        self.port = self.service.port

    def pids(self):
        return family(self.service.process.pid)

    def release(self):
        self.service.process.send_signal(signal.SIGHUP)
        self.service.await_text("reload gen=2 succeeded")

    def stop(self):
        self.service.stop()


class Balanced:
    """Plain JVMs behind a balancer, which is told before one is stopped and after it is started."""

    def __init__(self, java, number):
        self.jvms = [Alone(java) for _ in range(number)]
        self.port = free_port()
        self.directory = tempfile.mkdtemp(prefix="alternatives-")
        self.process = subprocess.Popen(self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        await_port(self.port)

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def pids(self):
        return family(self.process.pid) + [pid for jvm in self.jvms for pid in jvm.pids()]

    def release(self):
        for index, jvm in enumerate(self.jvms):
            self.use(index, False)
            jvm.release()
            self.use(index, True)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        for jvm in self.jvms:
            jvm.stop()
        shutil.rmtree(self.directory)


class BehindHaproxy(Balanced):

    def command(self):
        text = open(os.path.join(DEPLOY, "haproxy", "haproxy.cfg")).read()
        self.socket = os.path.join(self.directory, "admin.sock")
        text = text.replace("/run/haproxy/admin.sock", self.socket)
        text = text.replace("bind :80\n", "bind 127.0.0.1:%d\n" % self.port)
        text = re.sub(r"    bind :443 .*\n", "", text)
        text = re.sub(r"    server app.*\n", "", text) + "".join(
            "    server app%d 127.0.0.1:%d\n" % (index, jvm.port) for index, jvm in enumerate(self.jvms))
        return ["haproxy", "-db", "-f", self.write("haproxy.cfg", text)]

    def use(self, index, used):
        with socket.socket(socket.AF_UNIX) as admin:
            admin.connect(self.socket)
            admin.sendall(b"set server app/app%d weight %d\n" % (index, 100 if used else 0))
            admin.recv(4096)
        if used:
            time.sleep(CHECKED)


class BehindNginx(Balanced):

    def command(self):
        self.used = [True] * len(self.jvms)
        text = open(os.path.join(DEPLOY, "nginx", "nginx.conf")).read()
        text = text.replace("listen 80;", "listen 127.0.0.1:%d;" % self.port)
        text = re.sub(r" +(listen 443|ssl_).*\n", "", text)
        for home in ("/etc/nginx/", "/var/log/nginx/", "/run/"):
            text = text.replace(home, self.directory + "/")
        self.hosts()
        return ["nginx", "-p", self.directory, "-c", self.write("nginx.conf", text), "-g", "daemon off; user root;"]

    def hosts(self):
        self.write("app-hosts.conf", "".join(
            "server 127.0.0.1:%d max_fails=1 fail_timeout=5s%s;\n" % (jvm.port, "" if used else " down")
            for jvm, used in zip(self.jvms, self.used)))

    def use(self, index, used):
        self.used[index] = used
        self.hosts()
        before = set(family(self.process.pid)[1:])
        self.process.send_signal(signal.SIGHUP)
        end = time.time() + 30
        while before & set(family(self.process.pid)[1:]) and time.time() < end:
            time.sleep(0.05)


class Uwsgi:
    """A handler of uWSGI in as many processes; it is no Spring application."""

    def __init__(self, java, number):
        self.directory = tempfile.mkdtemp(prefix="alternatives-")
        source = os.path.join(self.directory, "Hello.java")
        with open(source, "w") as file:
            file.write(HANDLER)
        compiler = os.path.join(os.path.dirname(shutil.which(java)), "javac")
        subprocess.run([compiler, "--release", "17", source], check=True)
        self.port = free_port()
        self.log = open(os.path.join(self.directory, "log"), "w")
        self.process = subprocess.Popen(
            ["uwsgi", "--plugins", "http,jvm,jwsgi", "--http", "127.0.0.1:%d" % self.port, "--http-keepalive=60",
             # Requests are for the plugin of the JVM.
             "--http-modifier1", "8", "--master", "--processes", str(number),
             "--jvm-classpath", "/usr/share/java/uwsgi.jar", "--jvm-classpath", self.directory, "--jwsgi", "Hello",
             "--disable-logging"], stdout=self.log, stderr=self.log)
        await_port(self.port)

    def pids(self):
        return family(self.process.pid)

    def release(self):
        before = set(self.pids()[1:])
        self.process.send_signal(signal.SIGHUP)
        end = time.time() + 60
        while before & set(self.pids()[1:]) and time.time() < end:
            time.sleep(0.05)
        await_port(self.port)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.log.close()
        shutil.rmtree(self.directory)


class Clients:
    """Clients that keep their connections, and notice when one has been closed while nothing was asked of it."""

    def __init__(self, port):
        self.port = port
        self.served = 0
        self.failed = 0
        self.ended = False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run) for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def run(self):
        connection = None
        while not self.ended:
            try:
                if connection and self.is_closed(connection):
                    connection.close()
                    connection = None
                connection = connection or socket.create_connection(("127.0.0.1", self.port), timeout=30)
                head, _ = exchange(connection, "/hello")
                good, keep = head.startswith(b"HTTP/1.1 200"), b"connection: close" not in head.lower()
            except OSError:
                good, keep = False, False
            with self.lock:
                self.served += good
                self.failed += not good
            if not keep and connection:
                connection.close()
                connection = None
            time.sleep(PAUSE)

    @staticmethod
    def is_closed(connection):
        # Nothing has been asked, so there is nothing to read but the end.
        return bool(select.select([connection], [], [], 0)[0])

    def end(self):
        self.ended = True
        for thread in self.threads:
            thread.join()


def load(setup, seconds):
    before = sum(cpu(pid) for pid in setup.pids())
    measured = wrk(url(setup.port), seconds)
    used = sum(cpu(pid) for pid in setup.pids()) - before
    return {"requests/s": measured.rate, "p99 ms": measured.p99, "CPU us/request": used * 1e6 / measured.requests,
            "PSS MB": sum(pss(pid) for pid in setup.pids())}


def roll(setup):
    clients = Clients(setup.port)
    time.sleep(2)
    begun = time.time()
    setup.release()
    took = time.time() - begun
    time.sleep(2)
    clients.end()
    return {"release s": took, "served": clients.served, "failed": clients.failed}


def measure(options):
    number = options.workers
    kinds = {
        "one plain JVM": lambda: Alone(options.java),
        "prefork, %d workers" % number: lambda: Forked(options.java, number),
        "%d plain JVMs behind HAProxy" % number: lambda: BehindHaproxy(options.java, number),
        "%d plain JVMs behind nginx" % number: lambda: BehindNginx(options.java, number),
    }
    if shutil.which("uwsgi"):
        kinds["uWSGI, %d processes (no Spring)" % number] = lambda: Uwsgi(options.java, number)
    setups = {}
    results = {}
    try:
        for name, start in kinds.items():
            setups[name] = start()
            wrk(url(setups[name].port), options.warmup)
        for _ in range(options.rounds):
            for name, setup in setups.items():
                results.setdefault(name, []).append(load(setup, options.duration))
                time.sleep(1)
        rolls = {name: roll(setup) for name, setup in setups.items()}
    finally:
        for setup in setups.values():
            setup.stop()
    return {"load": results, "roll": rolls}


def medians(rounds):
    return {what: statistics.median(measured[what] for measured in rounds) for what in LOAD}


def table(results):
    print("| | %s | release | failed while it rolls |" % " | ".join(LOAD))
    print("|---%s" % ("|---" * (len(LOAD) + 2)) + "|")
    for name, rounds in results["load"].items():
        cells = ["%.0f" % value for value in medians(rounds).values()]
        rolled = results["roll"][name]
        print("| %s | %s | %.1f s | %d of %d |" % (name, " | ".join(cells), rolled["release s"], rolled["failed"],
                                              rolled["failed"] + rolled["served"]))


def picture(results, path):
    """One chart for each column of the table."""
    rows = {name: {**medians(rounds), **results["roll"][name]} for name, rounds in results["load"].items()}
    for row in rows.values():
        row["% of requests failed while it rolls"] = 100 * row["failed"] / (row["failed"] + row["served"])
    columns = [*LOAD, "release s", "% of requests failed while it rolls"]
    figure, axes = charts.subplots("alternatives", 2, 3, figsize=(9, 3.6), sharey=True)
    colours = ["#e08a3c" if name.startswith("prefork") else "#9db7d5" for name in rows]
    for column, axis in zip(columns, axes.flat):
        bars = axis.barh(list(rows), [row[column] for row in rows.values()], color=colours)
        axis.bar_label(bars, fmt=lambda value: "%.3g" % value if value < 100 else "{:,.0f}".format(value), padding=2)
        axis.set_title(column, loc="left", fontsize=9)
        axis.margins(x=0.25)
        axis.set_xticks([])
    axes[0][0].invert_yaxis()
    charts.save(figure, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--duration", type=int, default=8, help="seconds of each measurement")
    parser.add_argument("--warmup", type=int, default=40, help="seconds for each")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--java", default="java")
    parser.add_argument("--json", help="where to write all results")
    parser.add_argument("--from", dest="source", help="a file written with --json")
    parser.add_argument("--svg", help="where to draw them")
    options = parser.parse_args()
    if options.source:
        with open(options.source) as file:
            results = json.load(file)
    else:
        results = measure(options)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)
    table(results)
    if options.svg:
        picture(results, options.svg)


if __name__ == "__main__":
    main()
