"""SPARQL servers for tests: started on this machine, killed, and started again with what they had stored."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import requests

from kg.graph import Graph
from kg.remote.client import Client

#: Kind of server → its program, and where it comes from.
PROGRAMS = {"oxigraph": ("oxigraph", "the package oxigraph of PyPI"), "virtuoso": ("virtuoso-t", "virtuoso-opensource")}
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{inner}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
"""


def program(kind: str) -> str | None:
    """The path of a server's program, if it is installed: beside this Python, or anywhere."""
    name = PROGRAMS[kind][0]
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


class Server:
    """A server with a folder and port of its own."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self.port, inner = _free_port(), _free_port()
        secret = "dba:dba@" if kind == "virtuoso" else ""
        self.address = f"http://{secret}127.0.0.1:{self.port}"
        path = program(kind)
        assert path is not None
        if kind == "virtuoso":
            settings = folder / "virtuoso.ini"
            settings.write_text(_VIRTUOSO.format(folder=folder, inner=inner, port=self.port))
            self._command = [path, "-f", "-c", str(settings)]
        else:
            self._command = [path, "serve", "-l", str(folder / "db"), "-b", f"127.0.0.1:{self.port}"]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> Server:
        (self.folder / "v.lck").unlink(missing_ok=True)
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while wait and not self._answers():
            assert self._process.poll() is None, f"{self.kind} has ended"
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def clear(self) -> None:
        """Remove every graph of the program."""
        client = Client(self.address, patience=5)
        own = 'CONTAINS(STR(?g), ":kg") || CONTAINS(STR(?g), "/kg/")'
        text = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER ({own}) }}"
        for row in ox.parse_query_results(client.rows(text), ox.QueryResultsFormat.JSON):  # type: ignore[union-attr]
            client.delete(row["g"])  # type: ignore[index, arg-type]
        client.close()

    def graph(self) -> Graph:
        """An empty graph on it, open for writing."""
        self.clear()
        return Graph.open(self.address, write=True)

    def _answers(self) -> bool:
        path = "sparql" if self.kind == "virtuoso" else "query"
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/{path}", {"query": "ASK {}"}, timeout=5).ok
        except requests.RequestException:
            return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
