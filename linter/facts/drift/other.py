"""The types that mail does not need, from octoDNS's fields to presentation format, as far as that is exact."""

from collections.abc import Mapping as MappingType

from linter.source.tree import Mapping, Node, Plain, Scalar, unalias

_FIELDS: MappingType[str, tuple[str, ...]] = {
    "CAA": ("flags", "tag", "value"),
    "DS": ("key_tag", "algorithm", "digest_type", "digest"),
    "SSHFP": ("algorithm", "fingerprint_type", "fingerprint"),
    "NAPTR": ("order", "preference", "flags", "service", "regexp", "replacement"),
    "URI": ("priority", "weight", "target"),
    "LOC": (
        "lat_degrees",
        "lat_minutes",
        "lat_seconds",
        "lat_direction",
        "long_degrees",
        "long_minutes",
        "long_seconds",
        "long_direction",
        "altitude",
        "size",
        "precision_horz",
        "precision_vert",
    ),
}
"""Fields in the order of the presentation format, as octoDNS names them."""
_DEFAULTS = {"CAA": {"flags": "0"}}
_STRINGS = {"CAA": ("value",), "NAPTR": ("flags", "service", "regexp"), "URI": ("target",)}
_METRES = ("altitude", "size", "precision_horz", "precision_vert")


def written_of(kind: str, node: Plain) -> str | None:
    """A declared value in presentation format; None where that cannot be told exactly."""
    if kind in ("HTTPS", "SVCB"):
        return _service_binding(node) if isinstance(node, Mapping) else None
    if kind == "OPENPGPKEY":
        return node.text if isinstance(node, Scalar) else None
    if kind not in _FIELDS or not isinstance(node, Mapping):
        return None
    held = _scalars(node)
    if held is None:
        return None
    words = []
    for field in _FIELDS[kind]:
        text = held.get(field, _DEFAULTS.get(kind, {}).get(field))
        if text is None:
            return None
        if field in _STRINGS.get(kind, ()):
            text = _quoted(text)
        words.append(f"{text}m" if kind == "LOC" and field in _METRES else text)
    return " ".join(words)


def _scalars(node: Mapping) -> dict[str, str] | None:
    """The fields of a value as texts; None where one of them is not a scalar."""
    held = {}
    for key, value in zip(node.keys, node.values, strict=True):
        name, plain = unalias(key)[0], unalias(value)[0]
        if not isinstance(name, Scalar) or not isinstance(plain, Scalar):
            return None
        held[name.text] = plain.text
    return held


def _service_binding(node: Mapping) -> str | None:
    """An HTTPS or SVCB value (RFC 9460 section 2.1): priority, target, and parameters in any order."""
    fields: dict[str, Node] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        name = unalias(key)[0]
        if isinstance(name, Scalar):
            fields[name.text] = value
    plain = [unalias(fields[name])[0] if name in fields else None for name in ("svcpriority", "targetname")]
    params = unalias(fields["svcparams"])[0] if "svcparams" in fields else None
    texts = [each.text for each in plain if isinstance(each, Scalar)]
    if len(texts) != 2:
        return None
    words = texts
    if isinstance(params, Mapping):
        for key, value in zip(params.keys, params.values, strict=True):
            name, held = unalias(key)[0], unalias(value)[0]
            text = _parameter(held)
            if not isinstance(name, Scalar) or text is None:
                return None
            words.append(f"{name.text}={_quoted(text)}" if text else name.text)
    elif params is not None and not (isinstance(params, Scalar) and params.text in ("", "null", "~")):
        return None
    return " ".join(words)


def _parameter(held: Plain) -> str | None:
    """The value of one parameter: a scalar, or a list of them joined by commas."""
    if isinstance(held, Scalar):
        return "" if held.text in ("null", "~") and not held.style else held.text
    if isinstance(held, Mapping):
        return None
    texts = [item.text for item in (unalias(each)[0] for each in held.items) if isinstance(item, Scalar)]
    return ",".join(texts) if len(texts) == len(held.items) else None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def canonical(kind: str, written: str) -> str | None:
    """A value in presentation format in the one notation of its type; None where it cannot be read.

    Names are compared without regard to case (RFC 4034 section 6.2); all else is as it is on the wire.
    """
    import dns.exception
    import dns.name
    import dns.rdata
    import dns.rdataclass
    import dns.rdatatype

    try:
        number = dns.rdatatype.from_text(kind)
        read = dns.rdata.from_text(dns.rdataclass.IN, number, written, dns.name.root, relativize=False)
        wire = read.to_digestable()
        text = str(dns.rdata.from_wire(dns.rdataclass.IN, number, wire, 0, len(wire)).to_text())
    except (dns.exception.DNSException, ValueError, NotImplementedError, OverflowError, IndexError, TypeError):
        return None
    if kind in ("HTTPS", "SVCB"):  # newer than the list of types whose names are in lower case there
        priority, target, *rest = text.split(" ", 2)
        return " ".join((priority, target.lower(), *rest))
    return text
