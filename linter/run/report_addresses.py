"""The addresses that the zones of an estate have their DMARC reports sent to, found without parsing a file."""

from collections import Counter
from collections.abc import Iterable

_MOST_OCTETS = 400
"""How much of a line behind `rua=` is looked at."""
_ENDS = b";'\"\\ \t}]"
MARK = b"v=dmarc1"
"""What stands in texts that are worth a look."""


def report_addresses(texts: Iterable[bytes]) -> tuple[str, ...]:
    """The values of `rua` of all DMARC records in texts in lower case, each whole, the most frequent first."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(address for line in text.splitlines() if (address := _address(line)))
    return tuple(address for address, _ in sorted(found.items(), key=lambda held: (-held[1], held[0])))


def _address(line: bytes) -> str:
    start = line.find(b"rua=", line.find(MARK)) if MARK in line else -1
    if start < 0:
        return ""
    rest = line[start + len(b"rua=") :][:_MOST_OCTETS]
    end = next((place for place, octet in enumerate(rest) if octet in _ENDS), len(rest))
    value = rest[:end].strip()
    is_plain = value.isascii() and value.startswith(b"mailto:") and b"@" in value
    return value.decode("ascii") if is_plain else ""
