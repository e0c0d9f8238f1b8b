"""Who publishes zones that octoDNS keeps, by the class of a provider: what policies/publishers.yaml says of each."""

import json
import os
from collections.abc import Mapping

from linter.source.frozen import Frozen
from linter.source.inputs import of_the_package
from linter.source.typed import Any

from .evidence import Evidence

DATA = "publishers.json"
"""policies/publishers.yaml in one file beside this one, as the catalogue is."""

PROVIDER, SETTING, APEX, ANY, CHALLENGES = "provider", "setting", "apex", "any", "challenges"
NAMES = (PROVIDER, SETTING, APEX, ANY, CHALLENGES)
"""At which names a source adds records: that of its key under `providers:`, what a setting of it says, the zone's own,
any, or only `_acme-challenge`, with which no mail has to do."""


class Ttl(Frozen):
    """What becomes of a TTL, in seconds.

    `least` is the shortest that is published, `setting` the provider's own setting for that. With one of `automatic`,
    or `flag` in the table of the proxy, the publisher chooses.
    """

    least: int = 0
    setting: str = ""
    automatic: tuple[int, ...] = ()
    flag: str = ""


class SoaDefault(Frozen):
    """What the SOA of a zone says at a publisher by default, in seconds; `title` names the publisher."""

    title: str
    ttl: int
    minimum: int
    refresh: int
    evidence: Evidence

    @property
    def negative(self) -> int:
        """How long it may be kept that there is nothing (RFC 2308 section 5)."""
        return min(self.ttl, self.minimum)


class Publisher(Frozen):
    """One publisher; `name` is its key, `title` what it is called.

    `absolute` are the types whose targets are absolute without their final dot. `flattens` is "apex" or "all" where a
    CNAME is served as the addresses it leads to. `proxy_key` is the table under `octodns:` with `proxied` in it,
    `proxy_off` the setting without which that counts. `as_txt` are the types served as TXT, `types` those that are
    published, none where that is not known. `is_copy` is whether nothing is served from it. `soa` is None where its
    default is not known.
    """

    name: str
    title: str
    absolute: frozenset[str]
    flattens: str
    proxy_key: str
    proxy_off: str
    ttl: Ttl
    as_txt: frozenset[str]
    types: frozenset[str]
    is_copy: bool
    soa: SoaDefault | None
    evidence: Evidence


class Reach(Frozen):
    """Which records a source can add: `types` at `names`, the latter one of NAMES.

    `setting` says the name where that is SETTING; `types_setting` overrides the types, "" where none does.
    """

    name: str
    names: str
    types: tuple[str, ...]
    setting: str
    types_setting: str
    evidence: Evidence


class Publishers:
    """Publishers and the reaches of sources by the path of their class."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.by_class = {path: _publisher(each) for each in document["publishers"] for path in each["classes"]}
        self.reach_by_class = {path: _reach(each) for each in document["sources"] for path in each["classes"]}


def _publisher(row: Mapping[str, Any]) -> Publisher:
    proxy = row.get("proxy", {})
    return Publisher(
        name=row["name"],
        title=row["title"],
        absolute=frozenset(row.get("absolute", ())),
        flattens=row.get("flattens", ""),
        proxy_key=proxy.get("key", ""),
        proxy_off=proxy.get("off", ""),
        ttl=_ttl(row.get("ttl", {})),
        as_txt=frozenset(row.get("as-txt", ())),
        types=frozenset(row.get("types", ())),
        is_copy=row.get("copies", False),
        soa=_soa(row["title"], row["soa"]) if "soa" in row else None,
        evidence=Evidence(row["source"], row["seen"], row["confirmed"]),
    )


def _ttl(row: Mapping[str, Any]) -> Ttl:
    return Ttl(row.get("least", 0), row.get("setting", ""), tuple(row.get("automatic", ())), row.get("flag", ""))


def _soa(title: str, row: Mapping[str, Any]) -> SoaDefault:
    evidence = Evidence(row["source"], row["seen"], row["confirmed"])
    return SoaDefault(title, row["ttl"], row["minimum"], row["refresh"], evidence)


def _reach(row: Mapping[str, Any]) -> Reach:
    return Reach(
        name=row["name"],
        names=row["names"],
        types=tuple(row["types"]),
        setting=row.get("setting", ""),
        types_setting=row.get("types-setting", ""),
        evidence=Evidence(row["source"], row["seen"], row["confirmed"]),
    )


_loaded: list[Publishers] = []


def publishers() -> Publishers:
    """Those that come with mailzone; read at the first call."""
    if not _loaded:
        path = of_the_package(os.path.join(os.path.dirname(os.path.abspath(__file__)), DATA))
        with open(path, encoding="utf-8") as file:
            _loaded.append(Publishers(json.load(file)))
    return _loaded[0]
