"""Key records of the usual shape, which most are: read without looking for slips, since they have room for none."""

from binascii import a2b_base64

from linter.records.text.tags import Tag, TagList
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .key import RSA, PublicKey

_USUAL = Pattern(
    r"(?:v=(DKIM1); ?)?(?:h=(sha256); ?)?(?:k=(rsa); ?)?(?:t=(s); ?)?p=([A-Za-z0-9+/]{40,}={0,2});?",
)
_ALGORITHM = "300d06092a864886f70d0101010500"  # rsaEncryption, with the parameters NULL
# What stands before the modulus in the SubjectPublicKeyInfo of the usual sizes, by the octets of all of it.
_HEADS = {
    162: (1024, bytes.fromhex(f"30819f{_ALGORITHM}03818d0030818902818100")),
    294: (2048, bytes.fromhex(f"30820122{_ALGORITHM}0382010f003082010a0282010100")),
    550: (4096, bytes.fromhex(f"30820222{_ALGORITHM}0382020f003082020a0282020100")),
}
_new = tuple.__new__
_EXPONENT = bytes.fromhex("0203010001")  # 65537, which ends the key


class Usual(Frozen):
    """What a record of the usual shape says: its tags, its key, the values of `h=` and of `t=`."""

    tags: TagList
    key: PublicKey
    hashes: tuple[str, ...]
    flags: tuple[str, ...]


def is_usual(text: str) -> bool:
    """Whether a text has the shape: the usual tags in their usual order, each as it should be, and base64."""
    return _USUAL.fullmatch(text) is not None


def usual(text: str) -> Usual | None:
    """What a record of the usual shape says; None for any other, and where the base64 is not of a usual key."""
    found = _USUAL.fullmatch(text)
    key = _usual_key(found[5]) if found is not None else None
    if found is None or key is None:
        return None
    tags = tuple([_tag(text, start, end) for start, end in found.regs[1:] if start >= 0])
    hashes, flags = (found[2],) if found[2] else (), (found[4],) if found[4] else ()
    return _new(Usual, (_new(TagList, (tags, ())), key, hashes, flags))


def _tag(text: str, start: int, end: int) -> Tag:
    return _new(Tag, (text[start - 2], text[start:end], start - 2, end, start, end))


def _usual_key(base64: str) -> PublicKey | None:
    octets = a2b_base64(base64) if len(base64) % 4 == 0 else b""
    bits, head = _HEADS.get(len(octets), (0, b""))
    modulus = octets[len(head) : -len(_EXPONENT)]
    if not bits or not octets.startswith(head) or not octets.endswith(_EXPONENT):
        return None
    # The octet 0 before it is there because the first bit is set; an even number is no modulus.
    return PublicKey(RSA, bits, "spki", 65537, modulus) if modulus[0] & 0x80 and modulus[-1] & 1 else None
