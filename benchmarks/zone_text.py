"""Record sets to the text of an octoDNS zone file, in the shape in which real repositories hold it."""

import base64
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | tuple[tuple[str, str | int], ...]
"""A value as one scalar, or as fields with theirs."""


class RecordSet(NamedTuple):
    """A record set: its name within the zone ("" for the apex), its type, its values as the file has them."""

    name: str
    kind: str
    values: tuple[Value, ...]
    ttl: int = 300


def mx(*hosts: str) -> tuple[Value, ...]:
    """The values of an MX set, each host after the other; "." is the null MX of RFC 7505."""
    if hosts == (".",):
        return ((("exchange", "."), ("preference", 0)),)
    return tuple((("exchange", host), ("preference", 10 * number)) for number, host in enumerate(hosts, 1))


def text(sets: Sequence[RecordSet]) -> str:
    """A zone file: names in their order, one record set as a mapping, several of a name as a list."""
    by_name: dict[str, list[RecordSet]] = {}
    for found in sets:
        by_name.setdefault(found.name, []).append(found)
    lines = ["---"]
    for name, held in sorted(by_name.items()):
        lines.append(f"{_key(name)}:")
        for one in sorted(held, key=lambda each: each.kind):
            inner = list(_fields(one))
            if len(held) == 1:
                lines += [f"  {line}" for line in inner]
            else:
                lines += [f"  - {inner[0]}", *(f"    {line}" for line in inner[1:])]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if name and not name.startswith("*") else f"'{name}'"


def _fields(found: RecordSet) -> Iterator[str]:
    yield f"ttl: {found.ttl}"
    yield f"type: {found.kind}"
    if len(found.values) == 1:
        (value,) = found.values
        if isinstance(value, str):
            yield f"value: {_escaped(value)}"
        else:
            yield "value:"
            yield from (f"  {field}: {content}" for field, content in value)
        return
    yield "values:"
    for value in found.values:
        if isinstance(value, str):
            yield f"  - {_escaped(value)}"
        else:
            (field, content), *rest = value
            yield f"  - {field}: {content}"
            yield from (f"    {field}: {content}" for field, content in rest)


def _escaped(value: str) -> str:
    return value.replace(";", "\\;")


_RSA = bytes.fromhex("300d06092a864886f70d0101010500")
"""The algorithm of a SubjectPublicKeyInfo (RFC 8017 appendix C): rsaEncryption, without parameters."""
_SMALL_PRIMES = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)


def dkim_key(by: random.Random, bits: int) -> str:
    """A DKIM record (RFC 6376 section 3.6.1) with an RSA key of that many bits that nobody has the other half of."""
    modulus = 0
    while not modulus or any(modulus % prime == 0 for prime in _SMALL_PRIMES):
        modulus = by.getrandbits(bits) | 1 << bits - 1 | 1
    numbers = _der(0x02, b"\0" + modulus.to_bytes(bits // 8, "big")) + _der(0x02, (65537).to_bytes(3, "big"))
    info = _der(0x30, _RSA + _der(0x03, b"\0" + _der(0x30, numbers)))
    return f"v=DKIM1; k=rsa; p={base64.b64encode(info).decode()}"


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content
