"""The checks of the case tcp/hello the way they are written without wirecheck: pytest starts the
programs, tcpdump captures, tshark decodes. It is written with care, so that nothing is waited for
by the clock and nothing is missed, and is here to be measured against.

Environment: BENCH_PROGRAMS, the folder of the programs; BENCH_REPEAT, how often the test is run.
To be run in namespaces of its own, with the right to capture there but not as root, which tcpdump
would give up: unshare --user --net --map-user=1000 --map-group=1000 --keep-caps.
"""
import fcntl
import os
import re
import select
import signal
import socket
import struct
import subprocess
import time
from pathlib import Path

import pytest

PROGRAMS = Path(os.environ["BENCH_PROGRAMS"])
REPEAT = int(os.environ.get("BENCH_REPEAT", "1"))
LIMIT = 10  # seconds, of each wait
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40
END_PORT = 9  # the discard port: what is sent there ends a capture
END = b"the end of the capture"
FIELDS = (
    "tcp.stream", "tcp.srcport", "tcp.flags.syn", "tcp.flags.ack", "tcp.flags.fin",
    "tcp.flags.reset", "tcp.seq", "tcp.ack", "tcp.len", "tcp.payload",
)  # fmt: skip


def until(condition, what):
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.001)


@pytest.fixture(scope="session", autouse=True)
def loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        flags = struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING)
        fcntl.ioctl(handle, SIOCSIFFLAGS, flags)


class Capture:
    """tcpdump on lo, from when it listens until the marker that ends it is in its file."""

    def __init__(self, path, port):
        self.path = path
        self.process = subprocess.Popen(
            ["tcpdump", "-i", "lo", "-n", "-U", "--immediate-mode",
             "-w", path, f"tcp port {port} or udp port {END_PORT}"],
            stderr=subprocess.PIPE,
        )  # fmt: skip
        said = b""
        while b"listening on" not in said:
            assert select.select([self.process.stderr], [], [], LIMIT)[0], "tcpdump never listens"
            chunk = os.read(self.process.stderr.fileno(), 4096)
            assert chunk, said.decode()
            said += chunk

    def end(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as marker:
            marker.sendto(END, ("127.0.0.1", END_PORT))
        until(lambda: END in self.path.read_bytes(), "the end of the capture")
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=LIMIT)
        assert re.search(rb"^0 packets dropped by kernel", said, re.M), said.decode()


def is_listening(port):
    table = Path("/proc/net/tcp").read_text()
    return re.search(rf"^ *\d+: [0-9A-F]+:{port:04X} 00000000:0000 0A ", table, re.M) is not None


def start(name, port):
    return subprocess.Popen(
        [PROGRAMS / name, "127.0.0.1", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def segments(path, port):
    """What tshark says of each TCP segment, as a dictionary of its fields."""
    fields = [argument for field in FIELDS for argument in ("-e", field)]
    command = ["tshark", "-n", "-r", path, "-Y", f"tcp.port == {port}", "-T", "fields", *fields]
    decoded = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=True)
    return [dict(zip(FIELDS, line.split("\t"))) for line in decoded.stdout.splitlines()]


def flags(segment):
    names = ("syn", "ack", "fin", "reset")
    return {name for name in names if segment[f"tcp.flags.{name}"] in ("1", "True")}


def stream(found, from_server, port):
    """The bytes that a side sent, by their sequence numbers."""
    parts = {
        int(segment["tcp.seq"]): bytes.fromhex(segment["tcp.payload"].replace(":", ""))
        for segment in found
        if segment["tcp.len"] != "0" and (segment["tcp.srcport"] == str(port)) == from_server
    }
    return b"".join(parts[sequence] for sequence in sorted(parts))


def fin_is_acknowledged(found, fin):
    following = int(fin["tcp.seq"]) + int(fin["tcp.len"]) + 1
    return any(
        segment["tcp.srcport"] != fin["tcp.srcport"]
        and "ack" in flags(segment)
        and int(segment["tcp.ack"]) == following
        for segment in found
    )


# Each has a port of its own: the server does not set SO_REUSEADDR.
@pytest.mark.parametrize("port", range(8898, 8898 + REPEAT))
def test_hello(tmp_path, port):
    path = tmp_path / "hello.pcap"
    capture = Capture(path, port)
    server = start("tcp_hello_server", port)
    until(lambda: is_listening(port), "the server listens")
    client = start("tcp_hello_client", port)
    client_output, _ = client.communicate(timeout=LIMIT)
    server_output, _ = server.communicate(timeout=LIMIT)
    capture.end()

    assert client.returncode == 0
    assert server.returncode == 0
    assert server_output == b"hello\n"
    assert client_output == b"hi\n"
    found = segments(path, port)
    assert {segment["tcp.stream"] for segment in found} == {"0"}
    assert [flags(segment) for segment in found[:3]] == [{"syn"}, {"syn", "ack"}, {"ack"}]
    assert stream(found, False, port) == b"hello"
    assert stream(found, True, port) == b"hi"
    fins = [segment for segment in found if "fin" in flags(segment)]
    assert len({fin["tcp.srcport"] for fin in fins}) == 2
    assert all(fin_is_acknowledged(found, fin) for fin in fins)
    assert not any("reset" in flags(segment) for segment in found)
