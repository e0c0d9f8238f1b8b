"""The public key of a DKIM key record, and the words for what is wrong with one: all that most records need of keys."""

from linter.records.text.fault import Fault
from linter.records.text.tags import Tag
from linter.source.frozen import Frozen

KIND = "key-undecodable"
RSA, ED25519 = "rsa", "ed25519"
ALGORITHMS = (RSA, ED25519)
SHORTEST_VALID = 1024
_SHORTEST_GOOD, _LONGEST_VALID = 2048, 4096
_STRENGTH = "RFC 8301 section 3.2"
QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019"
"""What is put around keys and does not belong there."""


class PublicKey(Frozen):
    """A key that decodes.

    `algorithm` is "rsa" or "ed25519"; `bits` the length of the modulus (256 for ed25519); `form` how it is
    wrapped: "spki", "pkcs1" or "raw"; `exponent` RSA's public exponent, 0 for ed25519. `material` is the
    modulus or the raw key, the same for two forms of one key.
    """

    algorithm: str
    bits: int
    form: str
    exponent: int
    material: bytes


def is_truncated(fault: Fault) -> bool:
    """Whether the key's text only stops too early."""
    return fault.kind == KIND and fault.start == fault.end


def length_faults(key: PublicKey, p: Tag) -> list[Fault]:
    """What receivers make of the length of a key, at its tag."""
    if key.algorithm == ED25519 or _SHORTEST_GOOD <= key.bits <= _LONGEST_VALID:
        return []
    what = f"the RSA key has {key.bits} bits"
    if key.bits < SHORTEST_VALID:
        kind, message = "key-too-short", f"{what}; receivers refuse keys below 1024, so publish one of 2048"
    elif key.bits < _SHORTEST_GOOD:
        kind, message = "key-too-short", f"{what}; publish one of 2048"
    else:
        kind, message = "key-too-long", f"{what}; receivers need not read keys above 4096"
    return [Fault(p.value_start, p.value_start + len(p.value), kind, message, "", _STRENGTH)]
