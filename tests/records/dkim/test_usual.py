"""A record of the usual shape is read as any other is, and stands where any other would."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.facts.texts import Parsers, sort_texts
from linter.records.dkim import usual
from linter.records.dkim.record import parse, read_closely
from tests.facts.zones import facts_of

ALGORITHM = bytes.fromhex("300d06092a864886f70d0101010500")
EXPONENTS = (b"\2\3\1\0\1", b"\2\1\3", b"\2\3\1\0\2")


def element(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def spki(modulus: bytes, exponent: bytes) -> bytes:
    numbers = element(0x30, element(0x02, modulus) + exponent)
    return element(0x30, ALGORITHM + element(0x03, b"\0" + numbers))


@st.composite
def keys(draw: st.DrawFn) -> str:
    """The base64 of keys of all sizes, of what is nearly one, and of what is none."""
    bits = draw(st.sampled_from((512, 1024, 1024, 2048, 2048, 2048, 3072, 4096)))
    first = draw(st.sampled_from((b"\0\x9a", b"\0\x9a", b"\0\xff", b"\0\x1a", b"\x9a\0", b"\0\0")))
    last = draw(st.sampled_from((b"\x01", b"\x01", b"\xff", b"\x02")))
    modulus = first + draw(st.binary(min_size=1, max_size=1)) * (bits // 8 - 2) + last
    octets = spki(modulus, draw(st.sampled_from((EXPONENTS[0], *EXPONENTS))))
    place, change = draw(st.integers(0, len(octets) - 1)), draw(st.sampled_from(("", "", "", "flip", "cut", "longer")))
    if change == "flip":
        octets = octets[:place] + bytes((octets[place] ^ draw(st.integers(1, 255)),)) + octets[place + 1 :]
    if change == "cut":
        octets = octets[:place]
    return b64encode(octets + b"\0" * (change == "longer")).decode()


@st.composite
def records(draw: st.DrawFn) -> str:
    """Records of the usual shape, and of others that are near to it."""
    tags = ("v=DKIM1", "h=sha256", "k=rsa", "t=s")
    chosen = [tag for tag in tags if draw(st.booleans())]
    odd = draw(st.sampled_from(("", "", "", "", "t=y", "k=ed25519", "h=sha1", "s=email", "v=DKIM2", "n=a")))
    parts = [*chosen, *([odd] if odd else []), f"p={draw(keys())}"]
    end = draw(st.sampled_from(("", "", ";", "; ", " ", "=", "==", ";;", "\n")))
    return draw(st.sampled_from(("; ", ";", ";  ", " ; "))).join(parts) + end


@settings(deadline=None, max_examples=400)
@given(records())
def test_it_is_read_as_it_is_closely(text: str) -> None:
    assert parse(text) == read_closely(text)


@pytest.mark.parametrize("bits", [1024, 2048, 4096])
@pytest.mark.parametrize("begin", ["", "v=DKIM1; k=rsa; ", "v=DKIM1;h=sha256;k=rsa;t=s;", "k=rsa; "])
def test_it_is_found(bits: int, begin: str) -> None:
    text = f"{begin}p={b64encode(spki(bytes(1) + bytes([0xFF]) * (bits // 8), EXPONENTS[0])).decode()}"
    found = usual.usual(text)

    assert usual.is_usual(text)
    assert found is not None
    assert found.key.bits == bits
    assert parse(text) == read_closely(text)


@settings(deadline=None)
@given(records(), st.sampled_from(("s1._domainkey", "_s1._domainkey", "_adsp._domainkey", "'*._domainkey'")))
def test_it_is_sorted_as_any_other(text: str, name: str) -> None:
    written = text.replace("\n", " ")
    facts = facts_of(f"{name}: {{type: TXT, value: '{written}'}}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(usual, "is_usual", lambda text: False)
        expected = sort_texts(facts.records("TXT"), Parsers())

    assert sort_texts(facts.records("TXT"), Parsers()) == expected
