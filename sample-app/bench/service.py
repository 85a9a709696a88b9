"""The sample application as a process, for the scripts here."""
import collections
import os
import re
import signal
import socket
import subprocess
import tempfile
import time

JAR = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "target", "sample-app.jar")
READY = " ready address"
TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 64
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def exchange(connection, path):
    """A request on an open connection: the head and the content of its answer."""
    connection.sendall(b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n" % path.encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = connection.recv(4096)
        if not part:
            raise ConnectionError("closed")
        answer += part
    head, body = answer.split(b"\r\n\r\n", 1)
    length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE).group(1))
    while len(body) < length:
        part = connection.recv(4096)
        if not part:
            raise ConnectionError("cut")
        body += part
    return head, body


Load = collections.namedtuple("Load", "rate p99 requests refused")


def wrk(url, seconds, *options):
    """64 connections that ask without a pause: requests per second, the slowest percent in ms, how many requests there
    were, and how many answers were of another class than 2xx and 3xx."""
    printed = subprocess.run(["wrk", "-t1", "-c%d" % CONNECTIONS, "-d%ds" % seconds, "--latency", *options, url],
                             capture_output=True, text=True, check=True).stdout
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", printed).groups()
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1)), float(value) * UNITS[unit],
                int(re.search(r"(\d+) requests in", printed).group(1)), int(refused.group(1)) if refused else 0)


class Service:
    """One that has been started on a free port, through another command if there is one."""

    def __init__(self, java, jar, arguments, wrapper=(), options=(), port=None):
        self.log = tempfile.NamedTemporaryFile("w+", prefix="bench-", suffix=".log")
        self.port = port or free_port()
        self.begun = time.time()
        self.process = subprocess.Popen([*wrapper, java, *options, "-jar", jar, "--server.port=%d" % self.port, *arguments],
                                        stdout=self.log, stderr=self.log)

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.port, path)

    def since(self):
        return time.time() - self.begun

    def printed(self):
        with open(self.log.name) as file:
            return file.read()

    def await_text(self, text, limit=180):
        end = time.time() + limit
        while text not in self.printed():
            if time.time() > end or self.process.poll() is not None:
                raise SystemExit("waited in vain for %r: %s" % (text, self.printed()[-3000:]))
            time.sleep(0.02)
        return self.since()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def read(pid, name):
    try:
        with open("/proc/%d/%s" % (pid, name)) as file:
            return file.read()
    except OSError:
        return ""


def pss(pid):
    """The proportional set of a process in MB."""
    found = re.search(r"^Pss:\s+(\d+)", read(pid, "smaps_rollup"), re.M)
    return int(found.group(1)) / 1024 if found else 0


def family(pid):
    """The process and all below it."""
    pids = [pid]
    for task in os.listdir("/proc/%d/task" % pid) if os.path.isdir("/proc/%d/task" % pid) else []:
        for child in read(pid, "task/%s/children" % task).split():
            pids += family(int(child))
    return pids


def cpu(pid):
    """The CPU time of a process in seconds, that of processes that have ended left out."""
    fields = read(pid, "stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0
