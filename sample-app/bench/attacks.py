#!/usr/bin/env python3
"""Attacks a service at random under load, and counts one by one what fails.

"crashes" kills workers (KILL, SEGV, ABRT, an exit in the middle of a request); "signals" sends
HUP, TTIN, TTOU, USR1, USR2 and WINCH to whichever master is in charge, TERM and KILL to workers.
Clients never repeat a request. A failure is accounted for if the connection was to a worker that
was killed, or, on a connection that was never answered, if a worker was killed at that moment.
Afterwards: as many workers as at the start, the master's threads and descriptors, and what is left
behind when it has stopped. Needs a packaged sample application.

    sample-app/bench/attacks.py --kind crashes --distribution shared --seconds 600
"""
import argparse
import collections
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
JAR = os.path.join(os.path.dirname(HERE), "target", "sample-app.jar")
JVM = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"]
WORKERS = 2
MOST_WORKERS = 4
# Between the kill and the client's noticing it, on a busy machine.
MOMENT = 3
# Longer than workers need to boot when several services share two cores.
TIME_OUT = 120
KILLS = [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT]


class Service:
    """The sample application, whichever process is its master."""

    def __init__(self, java, distribution):
        self.directory = tempfile.mkdtemp(prefix="attacks-")
        self.pid_file = os.path.join(self.directory, "app.pid")
        self.log = open(os.path.join(self.directory, "log"), "w+")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        os.mkdir(os.path.join(self.directory, "run"), 0o700)
        self.process = subprocess.Popen([
            java, *JVM, "-jar", JAR, "--server.address=127.0.0.1", "--server.port=%d" % self.port,
            "--prefork.distribution=" + distribution, "--prefork.workers=%d" % WORKERS,
            "--prefork.reload.canary=1s", "--prefork.graceful-timeout=8s", "--prefork.restart.initial-delay=100ms",
            "--prefork.restart.max-delay=1s", "--prefork.preload.enabled=false", "--prefork.pid-file=" + self.pid_file,
            "--sample.faults.enabled=true"],
            stdout=self.log, stderr=self.log, cwd=self.directory,
            env={**os.environ, "RUNTIME_DIRECTORY": os.path.join(self.directory, "run")})
        self.wait(lambda: " ready address" in self.printed(), "ready")

    def printed(self):
        with open(self.log.name, errors="replace") as file:
            return file.read()

    def master(self):
        try:
            with open(self.pid_file) as file:
                return int(file.read())
        except (OSError, ValueError):
            return 0

    def workers(self):
        return [child for child in children(self.master()) if b"PREFORK_WORKER_SLOT=" in read(child, "environ")]

    def figures(self):
        master = self.master()
        return len(os.listdir("/proc/%d/fd" % master)), len(os.listdir("/proc/%d/task" % master))

    def wait(self, condition, what, limit=180):
        end = time.time() + limit
        while not condition():
            if time.time() > end:
                raise SystemExit("waited in vain: %s; see %s\n%s" % (what, self.log.name, self.printed()[-3000:]))
            time.sleep(0.2)


def read(pid, name):
    try:
        with open("/proc/%d/%s" % (pid, name), "rb") as file:
            return file.read()
    except OSError:
        return b""


def children(parent):
    pids = []
    for task in os.listdir("/proc/%d/task" % parent) if os.path.isdir("/proc/%d/task" % parent) else []:
        pids += [int(pid) for pid in read(parent, "task/%s/children" % task).split()]
    return pids


def kill(pid, number):
    try:
        os.kill(pid, number)
        return True
    except ProcessLookupError:
        return False


class Load:
    """Clients that never repeat a request, half of them with a new connection for each."""

    def __init__(self, port, clients=16):
        self.port = port
        self.answered = 0
        self.failures = []
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(i % 2 == 0,), daemon=True) for i in range(clients)]
        for thread in self.threads:
            thread.start()

    def run(self, keep):
        connection, served_by = None, None
        while not self.ended.is_set():
            if connection is None:
                connection, served_by = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIME_OUT), None
            begun = time.time()
            try:
                connection.request("GET", "/pid")
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200:
                    raise OSError("status %d" % answer.status)
                served_by = int(body)
                with self.lock:
                    self.answered += 1
                if not keep or answer.will_close:
                    connection.close()
                    connection = None
            except (OSError, http.client.HTTPException, ValueError) as failure:
                with self.lock:
                    self.failures.append((begun, time.time(), served_by, repr(failure)))
                connection.close()
                connection = None
            time.sleep(0.02)

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(TIME_OUT + 5)


class Attacker:
    def __init__(self, service, random_numbers):
        self.service = service
        self.random = random_numbers
        self.killed = {}
        self.done = collections.Counter()
        self.wanted = WORKERS

    def crash(self):
        workers = self.service.workers()
        if workers:
            worker = self.random.choice(workers)
            number = self.random.choice(KILLS)
            self.killed[worker] = time.time()
            if kill(worker, number):
                self.done[number.name] += 1

    def exit(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=TIME_OUT)
        try:
            before = set(self.service.workers())
            connection.request("POST", "/faults/exit")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            # Its own connection ends with the worker.
            for worker in before - set(self.service.workers()):
                self.killed[worker] = time.time()
        self.done["exit"] += 1

    def signal(self):
        action = self.random.choice(["HUP", "TTIN", "TTOU", "USR1", "USR2", "WINCH", "TERM worker", "KILL worker"])
        workers, master = self.service.workers(), self.service.master()
        if action == "KILL worker":
            return self.crash()
        if action == "TERM worker":
            worked = bool(workers) and kill(self.random.choice(workers), signal.SIGTERM)
        elif (action == "TTIN" and self.wanted >= MOST_WORKERS) or (action == "TTOU" and self.wanted <= 1):
            return None
        else:
            self.wanted += {"TTIN": 1, "TTOU": -1}.get(action, 0)
            worked = kill(master, getattr(signal, "SIG" + action))
            if action == "WINCH":
                time.sleep(1)
                kill(self.service.master(), signal.SIGTTIN)
        self.done[action] += worked
        return None

    def accounts_for(self, failure):
        begun, ended, served_by, _ = failure
        if served_by is not None:
            return served_by in self.killed
        return any(begun - MOMENT < at < ended + MOMENT for at in self.killed.values())


def rest(service):
    """Bring the service back to the number of workers that it began with."""
    time.sleep(20)
    service.wait(lambda: 1 <= len(service.workers()) and "java" in os.readlink("/proc/%d/exe" % service.master()), "rest")
    for _ in range(60):
        count = len(service.workers())
        time.sleep(3)
        if count != len(service.workers()):
            continue
        if count == WORKERS:
            return
        kill(service.master(), signal.SIGTTIN if count < WORKERS else signal.SIGTTOU)
        time.sleep(15)
    raise SystemExit("%d workers after all; see %s" % (len(service.workers()), service.log.name))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--java", default="java")
    parser.add_argument("--kind", choices=["crashes", "signals"], required=True)
    parser.add_argument("--distribution", default="shared")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    service = Service(options.java, options.distribution)
    load = Load(service.port)
    time.sleep(5)
    before = service.figures()
    attacker = Attacker(service, random.Random(options.seed))
    end = time.time() + options.seconds
    while time.time() < end:
        if options.kind == "signals":
            attacker.signal()
        elif attacker.random.random() < 0.8:
            attacker.crash()
        else:
            attacker.exit()
        time.sleep(attacker.random.uniform(0.5, 6))
    rest(service)
    load.stop()
    after = service.figures()
    unexplained = [failure for failure in load.failures if not attacker.accounts_for(failure)]
    kill(service.master(), signal.SIGTERM)
    service.wait(lambda: not service.master(), "the end")
    service.process.wait(60)
    time.sleep(2)
    left = os.listdir(os.path.join(service.directory, "run"))
    print("%s %s seed %d: %d answered, %d failed (%d unexplained), %d workers killed; %s; descriptors %d -> %d, threads "
          "%d -> %d, left behind %s" % (options.kind, options.distribution, options.seed, load.answered,
                                        len(load.failures), len(unexplained), len(attacker.killed),
                                        dict(attacker.done), before[0], after[0], before[1], after[1], left))
    for failure in unexplained:
        print("  unexplained:", failure)
    sys.exit(1 if unexplained or left else 0)


if __name__ == "__main__":
    main()
