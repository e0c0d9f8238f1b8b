"""Random zone sets as two texts with one meaning: YAML that mailzone reads, master files that a DNS server loads."""

import random
from collections.abc import Iterator

ORIGINS = ("a.test.", "b.test.", "c.a.test.", "d.c.a.test.", "e.b.test.")
OUTSIDE = "x.test."
_LABELS = ("a", "a", "b", "c", "*", "*", "_dmarc")
_KINDS = ("A", "AAAA", "TXT", "MX", "SRV", "CNAME", "CNAME", "DNAME", "NS")

Records = dict[str, dict[str, list[str]]]
"""Owner names to types to values in presentation format."""


def zone_set(seed: random.Random, origins: tuple[str, ...], with_hidden: bool) -> dict[str, Records]:
    """Zones that a server loads: no CNAME beside other data, nothing below a DNAME, no NS and no DNAME at a `*`.

    `with_hidden`: a zone may hold names of a zone below it, and need not delegate to it.
    """
    world: dict[str, Records] = {}
    for origin in origins:
        records: Records = {origin: {"NS": [f"ns.{origin}"]}}
        for _ in range(seed.randint(0, 18)):
            name = _name(seed, origin)
            _put(seed, records, name, origin, origins)
        world[origin] = _loadable(records)
    return world if with_hidden else {origin: _tidy(origin, world) for origin in world}


def _tidy(origin: str, world: dict[str, Records]) -> Records:
    """A zone that delegates to the zones below it and says nothing else of their names."""
    children = [each for each in world if each.endswith(f".{origin}")]
    kept = {
        name: types
        for name, types in world[origin].items()
        if not any(f".{name}".endswith(f".{child}") for child in children)
    }
    nearest = [each for each in children if not any(each.endswith(f".{other}") for other in children)]
    return {**kept, **{child: {"NS": [f"ns.{child}"]} for child in nearest}}


def _name(seed: random.Random, origin: str) -> str:
    labels = seed.choices(_LABELS, k=seed.choice((0, 1, 1, 1, 2, 2, 3)))
    return ".".join([*labels, origin])


def _put(seed: random.Random, records: Records, name: str, origin: str, origins: tuple[str, ...]) -> None:
    kind = seed.choice(_KINDS)
    types = records.setdefault(name, {})
    if "CNAME" in types or (kind == "CNAME" and types) or kind in types:
        return
    if kind in ("NS", "DNAME") and "*" in name.split("."):
        return
    if kind == "DNAME" and any(each.endswith(f".{name}") for each in origins):
        return
    if name != origin and types.keys() | {kind} >= {"NS", "DNAME"}:  # NSD refers, as RFC 6672 has it; Knot does not
        return
    types[kind] = list(_values(seed, kind, origins))


def _values(seed: random.Random, kind: str, origins: tuple[str, ...]) -> Iterator[str]:
    target = _name(seed, seed.choice((*origins, *origins, OUTSIDE)))
    if kind in ("CNAME", "DNAME", "NS"):
        yield target
        return
    for number in sorted(seed.sample(range(1, 9), seed.randint(1, 2))):
        yield {
            "A": f"192.0.2.{number}",
            "AAAA": f"2001:db8::{number}",
            "TXT": f'"text {number}"',
            "MX": f"{number} {target}",
            "SRV": f"{number} 1 25 {target}",
        }[kind]


def _loadable(records: Records) -> Records:
    """Without names that have no records, and without what stands below a DNAME: no server loads that."""
    redirected = [f".{name}" for name, types in records.items() if "DNAME" in types]
    return {
        name: types
        for name, types in records.items()
        if types and not any(name.endswith(above) for above in redirected)
    }


def master_file(origin: str, records: Records) -> str:
    """A zone as a server reads it (RFC 1035 section 5)."""
    lines = [f"{origin} 60 IN SOA ns.{origin} host.{origin} 1 60 60 60 60"]
    for name, types in records.items():
        lines += [f"{name} 60 IN {kind} {value}" for kind, values in types.items() for value in values]
    return "\n".join(lines) + "\n"


def yaml_zone(origin: str, records: Records) -> str:
    """The same zone as mailzone reads it."""
    lines = [f"zone: {origin}", "records:"]
    for name, types in records.items():
        lines.append(f"  '{name.removesuffix(origin).removesuffix('.')}':")
        for kind, values in types.items():
            written = [_yaml(kind, value) for value in values]
            held = f"value: {written[0]}" if kind in ("CNAME", "DNAME") else f"values: [{', '.join(written)}]"
            lines.append(f"    - {{type: {kind}, {held}}}")
    return "\n".join(lines) + "\n"


def _yaml(kind: str, value: str) -> str:
    words = value.split()
    if kind == "MX":
        return f"{{preference: {words[0]}, exchange: '{words[1]}'}}"
    if kind == "SRV":
        return f"{{priority: {words[0]}, weight: {words[1]}, port: {words[2]}, target: '{words[3]}'}}"
    return f"'{value.strip(chr(34))}'"


def names_to_ask(seed: random.Random, world: dict[str, Records], count: int) -> list[str]:
    """Declared names and their neighbours, each once: above, below, beside, and names of nobody."""
    names: dict[str, None] = {}
    for origin, records in world.items():
        for name in records:
            names.update(dict.fromkeys((name, f"a.{name}", f"b.a.{name}", f"*.{name}", f"z.{name.partition('.')[2]}")))
        names.update(dict.fromkeys(_name(seed, origin) for _ in range(4)))
    names[f"a.{OUTSIDE}"] = None
    kept = [name for name in names if name.endswith(".test.") and len(name) > len("test.")]
    return seed.sample(kept, min(count, len(kept)))
