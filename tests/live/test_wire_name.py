"""Names on the wire, as dnspython writes and reads them: here too it is the judge."""

import dns.exception
import dns.name
import dns.wire
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linter.live.wire_name import read_name, write_name


@given(st.text(alphabet="aB.-_*\\0129 é\x7f", max_size=80) | st.text(alphabet="a.", max_size=300))
@example("")
@example(".")
@example("@")
@example(f"{'a' * 64}.")
@example("a." * 127)
@example("a." * 128)
def test_a_name_is_written_as_dnspython_writes_it(text: str) -> None:
    try:
        expected = dns.name.from_text(text).to_wire()
    except (dns.exception.DNSException, UnicodeError):
        with pytest.raises(ValueError, match="is not a name"):
            write_name(text)
    else:
        assert write_name(text) == expected


POINTERS = st.integers(0, 60).map(lambda target: bytes((0xC0, target)))
PIECES = st.one_of(
    st.sampled_from([b"\0", b"\1a", b"\2Bc", b"\x05small", b"\x40", b"\x80\0", b"\xc0", b"\xc0\x0c"]),
    POINTERS,
    st.binary(max_size=3),
    st.integers(55, 63).map(lambda length: bytes((length,)) + b"x" * length),
)


@given(st.lists(PIECES, max_size=14).map(b"".join), st.data())
def test_a_name_is_read_as_dnspython_reads_it(octets: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(octets)))
    end = data.draw(st.integers(start, len(octets)))
    parser = dns.wire.Parser(octets, start)
    try:
        with parser.restrict_to(end - start):
            name = parser.get_name(decompress=True)
            past = parser.current
            parser.seek(end)
    except dns.exception.DNSException:
        with pytest.raises(ValueError, match="no name"):
            read_name(octets, start, end)
    else:
        assert read_name(octets, start, end) == (name.canonicalize().to_wire(), past)


@pytest.mark.parametrize(
    ("octets", "start"),
    [
        (b"\xc0\x00", 0),
        (b"\1a\xc0\x00", 0),
        (b"\xc0\x02\xc0\x00", 2),
        (b"", 0),
        (b"\1", 0),
        (b"\1a", 0),
        (b"\x3fa\0", 0),
        (b"\0" + b"".join(bytes((0xC0, max(0, 2 * each - 1))) for each in range(20)), 39),
    ],
)
def test_what_leads_in_circles_or_nowhere_is_no_name(octets: bytes, start: int) -> None:
    with pytest.raises(ValueError, match="no name"):
        read_name(octets, start, len(octets))
