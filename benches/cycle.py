#!/usr/bin/env python3
"""What a cycle costs, next to a bare loop that fetches the same feeds and drops them: CPU time, peak memory, ratios.

    benches/cycle.py --feedmill target/release/feedmill --fetchloop FETCHLOOP --feeds FEEDS [--n 1000] [--rounds 5]

FEEDS is a folder of `gen_feeds.py`, FETCHLOOP the bare loop, both of the benchmark kit in `../shared/bench`. Needs nginx.
Everything stays on loopback and in a temporary folder. Each round runs, interleaved, so that a busy machine is as bad
for the one as for the other:
  cold   every feed read, cleaned, stored, selected and published
  warm   every request answered 304
  same   a server without validators sends what it sent before: compared with the cold bare loop
CPU is user + system of the process alone. A run whose requests the server's log does not confirm is an error."""

import argparse
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

NGINX = """
daemon off; worker_processes 1; pid {run}/nginx.pid; error_log {run}/error.log;
events {{ worker_connections 4096; }}
http {{
  types {{ application/rss+xml xml; }}
  log_format s '$status';
  access_log {run}/access.log s buffer=256k flush=1s;
  client_body_temp_path {run}/cb; proxy_temp_path {run}/pt; fastcgi_temp_path {run}/ft;
  uwsgi_temp_path {run}/ut; scgi_temp_path {run}/st;
  sendfile on; tcp_nopush on; keepalive_requests 1000000; keepalive_timeout 65;
  gzip_static on; gzip_vary on; open_file_cache max=20000 inactive=300s; open_file_cache_valid 300s;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {feeds}; etag on; }}
  server {{ listen 127.0.0.1:{bare} backlog=4096; root {feeds}; etag off; if_modified_since off;
            add_header Last-Modified ""; }}
}}
"""
COLD, LATER = "2026-11-23T07:00:00Z", "2026-11-25T07:00:00Z"


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options, pathlib.Path(folder))
        try:
            bench.measure()
        finally:
            bench.nginx.terminate()
            bench.nginx.wait()
        bench.report()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feedmill", required=True)
    parser.add_argument("--fetchloop", required=True)
    parser.add_argument("--feeds", required=True, type=pathlib.Path)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--port", type=int, default=18090)
    parser.add_argument("--fetch", default="", help="further lines for [fetch]")
    parser.add_argument("--feed", default="", help="further lines for the output feed: window = \"off\"")
    return parser.parse_args()


def wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("nginx does not answer")


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder, self.runs = options, folder, {}
        ports = {"cold": options.port, "same": options.port + 1}
        text = NGINX.format(run=folder, port=ports["cold"], bare=ports["same"], feeds=options.feeds.resolve())
        (folder / "nginx.conf").write_text(text)
        command = ["nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
        self.nginx = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name, port in ports.items():
            self.write_mill(name, f"http://127.0.0.1:{port}")
        wait_for(ports["same"])

    def write_mill(self, name, server):
        options, mill = self.options, self.folder / name
        mill.mkdir()
        urls = [f"{server}/f/{number:05d}.xml" for number in range(options.n)]
        (mill / "urls.txt").write_text("\n".join(urls) + "\n")
        sources = "".join(f's{number:05d} = "{url}"\n' for number, url in enumerate(urls))
        (mill / "config.toml").write_text(
            '[fetch]\nallow_networks = ["127.0.0.0/8"]\n'
            f"concurrency = {options.at_once}\nper_host = {options.at_once}\n{options.fetch}\n"
            f'[feeds.all]\ntitle = "All"\n{options.feed}\n[sources]\n{sources}'
        )

    def measure(self):
        for number in range(self.options.rounds):
            print(f"round {number + 1}", file=sys.stderr)
            self.bare("cold", "cold", "200")
            self.mill("cold", "cold", COLD, "200")
            self.bare("warm", "cold", "304")
            self.mill("warm", "cold", LATER, "304")
            self.bare("same", "same", "200")
            self.mill("to be the same", "same", COLD, "200")
            self.mill("same", "same", LATER, "200")

    def bare(self, label, mill, status):
        place = self.folder / mill
        command = [self.options.fetchloop, "--urls", str(place / "urls.txt"), "--conc", str(self.options.at_once)]
        command += ["--validators", str(place / "validators.tsv"), "--mode", "warm" if label == "warm" else "cold"]
        self.run(f"bare {label}", command, status)

    def mill(self, label, mill, now, status):
        place = self.folder / mill
        if now == COLD:
            for name in ("state", "feeds"):
                shutil.rmtree(place / name, ignore_errors=True)
        command = [self.options.feedmill, "--config", str(place / "config.toml"), "--quiet", "--now", now]
        self.run(f"feedmill {label}", [*command, "run", "--force"], status)

    def run(self, label, command, status):
        log = self.folder / "access.log"
        before = log.stat().st_size
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, ended, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(ended)
        wall = time.monotonic() - start
        seen = self.seen(before)
        if seen.count(status) != self.options.n or len(seen) != self.options.n or process.returncode != 0:
            statuses = {status: seen.count(status) for status in set(seen)}
            raise SystemExit(f"{label}: exit {process.returncode}, the server saw {statuses}, not {self.options.n} times {status}")
        row = (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, wall)
        self.runs.setdefault(label, []).append(row)

    def seen(self, before):
        """The statuses that the server has written down since, as soon as it has: it does so once a second."""
        for _ in range(50):
            time.sleep(0.2)
            seen = (self.folder / "access.log").read_bytes()[before:].decode().split()
            if len(seen) >= self.options.n:
                break
        return seen

    def report(self):
        print("| | CPU a feed | ratio to the bare loop | peak memory | wall |\n| --- | --- | --- | --- | --- |")
        for label, rows in self.runs.items():
            cpu, memory, wall = (statistics.median(column) for column in zip(*rows))
            bare = self.runs.get(label.replace("feedmill", "bare").replace("to be the ", ""))
            ratio = f"{cpu / statistics.median(row[0] for row in bare):.2f}" if bare else ""
            print(f"| {label} | {cpu / self.options.n * 1e3:.3f} ms | {ratio} | {memory:.0f} MB | {wall:.2f} s |")
        store = self.folder / "cold" / "state"
        size = sum(path.stat().st_size for path in store.iterdir())
        plain = sum((self.options.feeds / "f" / f"{number:05d}.xml").stat().st_size for number in range(self.options.n))
        print(f"\nstore: {size / 1e6:.1f} MB for {plain / 1e6:.1f} MB of feeds ({size / plain:.2f})")


if __name__ == "__main__":
    main()
