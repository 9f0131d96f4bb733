"""A real cluster for tests, of three processes on this machine: `python -m tests.cluster.nodes start|stop`.

Nodes answer at 127.0.0.1:9201 to 9203. `start` returns when the cluster is green, at once if it is already;
`stop` ends the processes that `start` started, and no others. Data, logs and numbers of processes are
in var/cluster/, where they stay until `make clean`.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cluster.java import NODE, ToolMissing, jars, java

ROOT = Path(__file__).parent.parent.parent
HOME = ROOT / "var/cluster"


class ClusterFailed(Exception):
    """The cluster did not come up; the message says why, with what a node wrote last."""


@dataclass(frozen=True)
class Cluster:
    """Three nodes, which answer at ports from `http_port` up, and each other from `transport_port` up."""

    folder: Path
    http_port: int = 9201
    transport_port: int = 9301
    size: int = 3
    heap: str = "700m"

    @property
    def hosts(self) -> list[str]:
        """Where the nodes answer, as HOST:PORT."""
        return [f"127.0.0.1:{self.http_port + i}" for i in range(self.size)]

    @property
    def numbers(self) -> range:
        """Nodes are numbered from 1."""
        return range(1, self.size + 1)

    def start(self, seconds: float = 300) -> None:
        """Start the nodes that do not run, and wait until all of them are in the cluster and it is green."""
        if not self.is_green():
            for number in self.numbers:
                self.start_node(number)
        self.await_green(seconds)

    def start_node(self, number: int) -> None:
        """Start one node, unless it runs already."""
        if self.pid(number) is not None:
            return
        port = self.http_port + number - 1
        if _answers(port):
            raise ClusterFailed(
                f"Port {port} is in use by something that was not started from {self.folder}."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        # Compiling well what soon ends takes longer than it saves, on processors that all nodes share.
        options = [f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        ports = [str(number), str(self.size), str(self.http_port), str(self.transport_port)]
        launcher = ["-cp", jars(HOME / "lib"), str(NODE / "Node.java")]
        command = [str(java()), *options, *launcher, str(self.folder), self._name, *ports]
        output = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        pid = os.posix_spawn(  # unlike a Popen, it may outlive us
            command[0],
            command,
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(self._log(number)), output, 0o644),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,  # no Ctrl-C in a terminal ends it
        )
        self._pid_file(number).write_text(f"{pid}\n", encoding="utf-8")

    def await_green(self, seconds: float = 300) -> None:
        """Wait until all nodes are in the cluster and all shards are where they belong."""
        ends = time.monotonic() + seconds
        while not self.is_green():
            ended = [number for number in self.numbers if self.pid(number) is None]
            if ended and not any(_answers(self.http_port + number - 1) for number in ended):
                raise ClusterFailed(f"Node {ended[0]} has ended.{self._last_words(ended[0])}")
            if time.monotonic() > ends:
                raise ClusterFailed(f"The cluster is not green after {seconds:.0f} s.{self._last_words(1)}")
            time.sleep(0.5)

    def is_green(self) -> bool:
        """Are all nodes in the cluster, and all shards where they belong?"""
        health = self.health()
        return health.get("status") == "green" and health.get("number_of_nodes") == self.size

    def health(self) -> dict[str, Any]:
        """What the first node that answers says of the cluster's health; empty if none does."""
        for host in self.hosts:
            try:
                with urllib.request.urlopen(
                    f"http://{host}/_cluster/health?timeout=5s", timeout=10
                ) as answer:
                    health: dict[str, Any] = json.load(answer)
            except (OSError, urllib.error.HTTPError, ValueError):
                continue
            if health.get("cluster_name") != self._name:
                raise ClusterFailed(f"At {host} another cluster answers: {health.get('cluster_name')}.")
            return health
        return {}

    def kill(self, number: int) -> None:
        """End a node as a power cut would, in the midst of what it does."""
        if (pid := self.pid(number)) is not None:
            os.kill(pid, signal.SIGKILL)
            self._await_end(number, pid)

    @contextmanager
    def hanging(self, number: int) -> Iterator[None]:
        """A block in which a node does nothing, while its connections stay open."""
        pid = self.pid(number)
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def stop(self) -> bool:
        """End all nodes that were started from this folder; False if there were none."""
        running = {number: pid for number in self.numbers if (pid := self.pid(number)) is not None}
        for pid in running.values():
            os.kill(pid, signal.SIGTERM)
        for number, pid in running.items():
            self._await_end(number, pid)
        return bool(running)

    def pid(self, number: int) -> int | None:
        """The process of a node, if it runs and was started from this folder."""
        try:
            pid = int(self._pid_file(number).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        # The number may belong to another process by now.
        command = subprocess.run(
            ["ps", "-ww", "-o", "stat=,args=", "-p", str(pid)], check=False, capture_output=True, text=True
        )
        is_ours = str(self.folder) in command.stdout and not command.stdout.startswith("Z")
        return pid if is_ours else None

    def _await_end(self, number: int, pid: int) -> None:
        ends = time.monotonic() + 60
        # A process whose first thread has ended may have others that still hold its port.
        while self.pid(number) is not None or _answers(self.http_port + number - 1):
            if time.monotonic() > ends:
                ends += 60
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.2)

    @property
    def _name(self) -> str:
        return f"opis-{self.http_port}"

    def _pid_file(self, number: int) -> Path:
        return self.folder / f"node-{number}.pid"

    def _log(self, number: int) -> Path:
        return self.folder / f"node-{number}.log"

    def _last_words(self, number: int) -> str:
        try:
            log = self._log(number).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return f" Its log, {self._log(number)}, ends so:\n" + "\n".join(log.splitlines()[-15:])


CLUSTER = Cluster(HOME)
"""That of `make opensearch`."""


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.cluster.nodes", description=__doc__)
    parser.add_argument("action", choices=["start", "stop"])
    action = parser.parse_args(arguments).action
    try:
        if action == "stop":
            print("The cluster was stopped." if CLUSTER.stop() else "No cluster runs that was started here.")
            return 0
        began = time.monotonic()
        if not CLUSTER.is_green():
            print(f"==> Starting three nodes at {', '.join(CLUSTER.hosts)} (a minute)", flush=True)
        CLUSTER.start()
        print(f"The cluster is green after {time.monotonic() - began:.0f} s; logs are in {CLUSTER.folder}.")
    except (ToolMissing, ClusterFailed, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
