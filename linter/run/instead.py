"""What a folder without zones holds in their place: the files of other programs that DNS is kept in."""

import os
from collections.abc import Iterable

from linter.source.file import Unreadable, read_octets
from linter.source.frozen import Frozen

from .walk import Walk, is_folder

_MOST_LOOKED_INTO = 200
"""Files whose beginning is read."""
_BEGINNING = 4096
DNSCONTROL = "DNSControl's, which mailzone does not read"
TERRAFORM = "Terraform's, which mailzone does not read"
ZONE_FILES = "zone files as name servers read them (RFC 1035), which mailzone does not read"


class Instead(Frozen):
    """Files of one kind, and what they are."""

    what: str
    paths: tuple[str, ...]


def held_instead(folders: Iterable[str]) -> tuple[Instead, ...]:
    """The kinds of files that lie in folders and below them."""
    found: dict[str, list[str]] = {DNSCONTROL: [], TERRAFORM: [], ZONE_FILES: []}
    room = _MOST_LOOKED_INTO
    walk = Walk()
    try:
        for folder in folders:
            for place, entries in walk.below(folder, []):
                for entry in entries:
                    if is_folder(entry) or entry.is_symlink():
                        continue
                    path, name = os.path.join(place, entry.name), entry.name.lower()
                    if name in ("dnsconfig.js", "dnsconfig.ts"):
                        found[DNSCONTROL].append(path)
                    elif name.endswith((".tf", ".tf.json")):
                        found[TERRAFORM].append(path)
                    elif room > 0 and _may_be_zone_file(name):
                        room -= 1
                        if _is_zone_file(path):
                            found[ZONE_FILES].append(path)
    except Unreadable:  # there is more than is searched: what was seen is said
        pass
    return tuple(Instead(what, tuple(paths)) for what, paths in found.items() if paths)


def _may_be_zone_file(name: str) -> bool:
    """Whether a file has a name as name servers' files have: `db.example.com`, `example.com.zone`, `example.com`."""
    return "." in name and not name.endswith((".yaml", ".yml", ".json", ".md", ".py", ".js", ".sh", ".html"))


def _is_zone_file(path: str) -> bool:
    """Whether a file begins as one: with a directive, or a record of type SOA in class IN."""
    try:
        words = read_octets(path, _BEGINNING).upper().split()
    except Unreadable:
        return False
    if not words:
        return False
    is_soa = any(word == b"SOA" and b"IN" in words[max(0, row - 3) : row] for row, word in enumerate(words))
    return is_soa or any(line in words for line in (b"$ORIGIN", b"$TTL"))
