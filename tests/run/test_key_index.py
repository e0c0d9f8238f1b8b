"""Keys are found in files by their octets, however they are cut, and only files with the key are read."""

from base64 import b64encode
from hashlib import sha512
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.run.estate import Estate
from linter.run.key_index import KeyIndex, _parts, part_of
from linter.run.scan import Scan


def key(seed: int) -> str:
    """A 2048-bit RSA key as base64; what it stands for does not matter."""
    modulus = b"".join(sha512(bytes([seed, part])).digest() for part in range(4))
    start = bytes.fromhex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100")
    return b64encode(start + modulus + bytes.fromhex("0203010001")).decode()


def test_a_key_is_found_in_the_files_that_hold_it(tmp_path: Path) -> None:
    for name, number in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).write_text(f"s._domainkey: {{type: TXT, value: 'v=DKIM1; p={key(number)}'}}\n")
    (tmp_path / "d").write_text("www: {type: A, value: 192.0.2.1}\n")
    index = KeyIndex([str(tmp_path / name) for name in ("a", "b", "c", "d", "missing")], Scan())

    assert index.paths(key(1)) == (str(tmp_path / "a"), str(tmp_path / "b"))
    assert index.paths(key(2)) == (str(tmp_path / "c"),)
    assert index.paths(key(3)) == ()
    assert index.paths("") == ()
    assert index.paths("é") == ()


@pytest.mark.parametrize("before", ["p=", "p = ", '"p" "="', ""], ids=["plain", "blanks", "cut", "none"])
@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_a_key_is_found_whatever_stands_before_it(before: str, kind: str, tmp_path: Path) -> None:
    base64 = key(1) if kind == "rsa" else b64encode(sha512(b"a").digest()[:32]).decode()
    path = tmp_path / "a"
    path.write_text(f"s._domainkey: {{type: TXT, value: 'v=DKIM1; k={kind}; {before}{base64}'}}\n")
    index = KeyIndex([str(path)], Scan())

    assert [index.paths(base64) for _ in range(6)] == [(str(path),)] * 6


@given(cuts=st.lists(st.integers(24, 90), min_size=1, max_size=12))
def test_a_key_is_found_however_it_is_cut(cuts: list[int]) -> None:
    rest, parts = key(7), []
    for cut in cuts:
        parts.append(rest[:cut])
        rest = rest[cut:]
    parts = [part for part in parts if part] + ([rest] if len(rest) >= 24 else [])
    text = '" "'.join(parts)
    if len("".join(parts)) < 76:
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "zone.yaml"
        path.write_text(f"s._domainkey: {{type: TXT, value: '\"v=DKIM1; p={text}\"'}}\n")
        index = KeyIndex([str(path)], Scan())
        # The first keys are looked for one by one, later ones in what was gathered from all files.
        assert [index.paths(key(7)) for _ in range(6)] == [(str(path),)] * 6


def test_only_the_zones_with_the_key_are_parsed(tmp_path: Path) -> None:
    for name, number in (("example.com", 1), ("example.net", 1), ("example.org", 2)):
        text = f"s._domainkey: {{type: TXT, value: 'v=DKIM1; p={key(number)}'}}\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    estate = Estate([str(path) for path in sorted(tmp_path.iterdir())], str(tmp_path))

    assert [index.zone.name for index in estate.zones_with_key(key(1))] == ["example.com.", "example.net."]
    assert [Path(path).name for path in estate.read_files] == ["example.com.yaml", "example.net.yaml"]


def test_a_file_that_is_made_to_hold_a_key_at_every_character_takes_no_more_than_real_ones() -> None:
    kept = _parts(b"p=" + b"".join(f"MI{number:06}".encode() for number in range(10_000)))
    real = _parts("\n".join(f"p={key(number)}" for number in range(200)).encode())

    assert len(set(kept)) <= 80_000 // 60
    assert {part_of(key(number).encode()) for number in range(200)} <= set(real)
