"""Properties of the DKIM key record's grammar: any text is read, no cut key decodes, no sound record has a fault."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.dkim.record import DkimKey, is_domainkeys_policy, is_key_text, parse, to_text

HEAD_2048 = "30820122300d06092a864886f70d01010105000382010f003082010a0282010100"
HEAD_1024 = "30819f300d06092a864886f70d010101050003818d0030818902818100"
END = b"\xff\2\3\1\0\1"  # the last octet of the modulus, and the exponent 65537
KEY = b64encode(bytes.fromhex(HEAD_2048) + b"\x9a" * 255 + END).decode()
SHORT_KEY = b64encode(bytes.fromhex(HEAD_1024) + b"\x9a" * 127 + END).decode()
ED25519 = b64encode(bytes(range(32))).decode()
ED25519_SPKI = b64encode(bytes.fromhex("302a300506032b6570032100") + bytes(range(32))).decode()


# Texts that are nearly records: tags, keys whole and hurt, and what gets between them.
PIECES = st.one_of(
    st.sampled_from(["v=DKIM1", "k=rsa", "k=ed25519", "p=", "t=y", "h=sha1:sha256", "s=email", "n=note", "g=*"]),
    st.sampled_from(
        [";", "; ", ";;", " ", ",", '"', "'", "\\;", "=", ":", "\n", "\0", "-----BEGIN", "é", "\U0001f511"]
    ),
    st.sampled_from([KEY, ED25519, ED25519_SPKI, SHORT_KEY, KEY[:100], KEY[100:]]),
    st.text(max_size=5),
)
SOUP = st.lists(PIECES, max_size=14).map("".join)


def assert_is_well_formed(record: DkimKey) -> None:
    for fault in record.faults:
        assert 0 <= fault.start <= fault.end <= len(record.text)
    assert list(record.faults) == sorted(record.faults, key=lambda fault: (fault.start, fault.end))
    for tag in record.tags.tags:
        assert 0 <= tag.start <= tag.value_start <= tag.value_start + len(tag.value) <= tag.end <= len(record.text)
    if record.key is None and not record.revoked:
        assert record.faults


@settings(deadline=None)
@given(st.one_of(SOUP, st.text()))
def test_any_text_is_read(text: str) -> None:
    record = parse(text)
    assert_is_well_formed(record)
    assert not (is_key_text(text) and is_domainkeys_policy(text))
    usual = to_text(record)
    again = parse(usual)
    assert [fault.kind for fault in again.faults] == [fault.kind for fault in record.faults]
    assert again.key == record.key
    assert to_text(again) == usual


@settings(deadline=None)
@given(st.text(alphabet='vkphst=;DKIM1 rsaed25519:"\\', max_size=200))
def test_any_text_of_a_records_characters_is_read_with_messages_of_one_line(text: str) -> None:
    record = parse(text)
    assert_is_well_formed(record)
    for fault in record.faults:
        assert fault.message.splitlines() == [fault.message]
        assert not fault.message.endswith(".")


TAGS = {
    "k": st.just("rsa"),
    "h": st.sampled_from(["sha256", "sha1:sha256"]),
    "s": st.sampled_from(["*", "email", "email:tlsrpt"]),
    "t": st.just("s"),
    "n": st.text(alphabet="abc 123.,:/", max_size=20),
    "g": st.just("*"),
}


@st.composite
def sound_records(draw: st.DrawFn) -> str:
    names = draw(st.permutations(["p", *draw(st.sets(st.sampled_from(sorted(TAGS))))]))
    blanks = st.sampled_from(["", " ", "\t", "\r\n "])
    parts = ["v=DKIM1"] if draw(st.booleans()) else []
    for name in names:
        value = KEY if name == "p" else draw(TAGS[name])
        parts.append(f"{draw(blanks)}{name}{draw(blanks)}={draw(blanks)}{value}{draw(blanks)}")
    return ";".join(parts) + draw(st.sampled_from(["", ";", " ; "]))


@settings(deadline=None)
@given(sound_records())
def test_every_sound_record_has_its_key_and_no_fault(text: str) -> None:
    record = parse(text)
    assert record.faults == ()
    assert record.key is not None
    assert is_key_text(text)
    assert parse(to_text(record)).key == record.key


@settings(deadline=None)
@given(sound_records(), st.data())
def test_no_record_cut_inside_its_key_has_a_key(text: str, data: st.DataObject) -> None:
    start = text.index(KEY)
    length = data.draw(st.integers(start, start + len(KEY) - 1))
    record = parse(text[:length])
    assert record.key is None
    assert record.revoked == (length == start)
    if not record.revoked:
        assert [fault.kind for fault in record.faults] == ["key-undecodable"]


@pytest.mark.parametrize(
    "text",
    [
        "\0" * 65536,
        "\U0001f511" * 65536,
        ";" * 65536,
        "a;" * 10000,
        "".join(f"t{number}=1;" for number in range(10000)),
        "p=" * 20000,
        'p=";' * 20000,
        "\\" * 65536,
        "v=" + " " * 65536 + "k",
        "v=" + " k" * 30000,
        "v=" + " k=" * 20000,
        "v=" + "," * 60000 + "k=",
        "p=;" + "AAAAAAAAAAAAAAAAAA;" * 3000,
        "p=" + "A" * 65536,
        "p=" + "=" * 65536,
        "h=" + ":" * 65536,
    ],
    ids=range(16),
)
def test_long_texts_are_read(text: str) -> None:
    assert_is_well_formed(parse(text))
    assert not is_domainkeys_policy(text)
    is_key_text(text)
