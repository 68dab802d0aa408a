#!/usr/bin/env python3
"""Published feeds through three readers of other people: newsboat, sfeed and feedparser.

What each makes of FEED.rss and FEED.atom must be what FEED.json says: the same ids, titles, links and dates.
Usage: readers.py FOLDER
"""
import calendar, glob, json, os, re, sqlite3, subprocess, sys, tempfile, time
from datetime import datetime

import feedparser


def said(path):
    """The items as published, from the JSON Feed: {id: (title, link, seconds)}."""
    document = json.load(open(path, encoding="utf-8"))
    return {
        item["id"]: (item["title"], item.get("url", ""), int(datetime.fromisoformat(item["date_published"]).timestamp()))
        for item in document["items"]
    }


def folded(text):
    return " ".join((text or "").split())


def by_feedparser(path):
    parsed = feedparser.parse(path, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, f"{path}: feedparser: {parsed.get('bozo_exception')}"
    return {
        entry.id: (entry.title, entry.get("link", ""), calendar.timegm(entry.published_parsed))
        for entry in parsed.entries
    }


def by_sfeed(path):
    with open(path, "rb") as document:
        lines = subprocess.run(["sfeed"], stdin=document, capture_output=True, check=True).stdout.decode()
    items = {}
    for line in lines.splitlines():
        stamp, title, link, _content, _type, guid = line.split("\t")[:6]
        items[guid or link] = (title, link, int(stamp or 0))
    return items


def by_newsboat(path):
    with tempfile.TemporaryDirectory() as home:
        urls, cache, config = (os.path.join(home, name) for name in ("urls", "cache.db", "config"))
        open(urls, "w").write(f"file://{os.path.abspath(path)}\n")
        open(config, "w").write("max-items 0\n")
        call = ["newsboat", "-q", "-u", urls, "-c", cache, "-C", config, "-x", "reload"]
        subprocess.run(call, check=True, timeout=120, env={**os.environ, "HOME": home, "TERM": "dumb"})
        rows = sqlite3.connect(cache).execute("SELECT guid, title, url, pubDate FROM rss_item").fetchall()
    return {guid: (title, link, date) for guid, title, link, date in rows}


def differences(wanted, found, loose):
    for guid in wanted.keys() - found.keys():
        yield f"{guid} is missing"
    for guid in found.keys() - wanted.keys():
        yield f"{guid} was not published"
    for guid in wanted.keys() & found.keys():
        for name, want, have in zip(("title", "link", "date"), wanted[guid], found[guid]):
            if name == "title":
                want, have = folded(want), folded(have)
                if loose:  # newsboat renders titles as HTML: compare the letters
                    want, have = (re.sub(r"[\W_]+", "", re.sub(r"<[^<>]*>", "", text)) for text in (want, have))
            if name == "link" and not want:
                continue  # where there is no link, each reader falls back to something of its own
            if want != have:
                yield f"{guid}: {name}: published {want!r}, read {have!r}"


def main(folder):
    faults = compared = 0
    for said_path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        wanted = said(said_path)
        for extension in ("rss", "atom"):
            path = said_path.removesuffix("json") + extension
            for name, read, loose in (("feedparser", by_feedparser, False), ("sfeed", by_sfeed, False), ("newsboat", by_newsboat, True)):
                began = time.monotonic()
                found = list(differences(wanted, read(path), loose))
                compared += 1
                faults += len(found)
                print(f"  {os.path.basename(path)} by {name}: {len(wanted)} items, {len(found)} differences, {time.monotonic() - began:.1f} s")
                for line in found[:5]:
                    print(f"    {line}")
    print(f"{compared} readings, {faults} differences")
    return 1 if faults or not compared else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
