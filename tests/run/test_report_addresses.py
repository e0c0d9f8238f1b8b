"""Report addresses that are found in files without parsing them."""

import pytest

from linter.run.report_addresses import report_addresses

FOUND = [
    (b"_dmarc: {type: txt, value: v=dmarc1\\; p=none\\; rua=mailto:a@b.example}", "mailto:a@b.example"),
    (b"value: 'v=dmarc1; p=none; rua=mailto:a@b.example,mailto:c@d.example; sp=none'",
     "mailto:a@b.example,mailto:c@d.example"),
    (b"value: \"v=dmarc1; rua=mailto:a@b.example\"  # theirs", "mailto:a@b.example"),
    (b"value: v=dmarc1; rua= mailto:a@b.example", ""),
    (b"value: v=tlsrptv1; rua=mailto:a@b.example", ""),
    (b"value: v=dmarc1; ruf=mailto:a@b.example", ""),
    (b"value: v=dmarc1; rua=https://b.example/", ""),
    (b"value: v=dmarc1; rua=mailto:\xc3\xa4@b.example", ""),
    (b"value: v=dmarc1; rua=" + b"mailto:a@b.example," * 1000, "mailto:a@b.example"),
    (b"", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "found"), FOUND, ids=[f"{row}" for row in range(len(FOUND))])
def test_the_value_of_a_dmarc_record_ends_where_that_does(line: bytes, found: str) -> None:
    assert [each[: len(found)] for each in report_addresses([b"x\n" + line + b"\ny"])] == ([found] if found else [])


def test_that_of_most_records_comes_first() -> None:
    texts = [b"v=dmarc1; rua=mailto:%b@x.example\n" % each for each in (b"a", b"b", b"b", b"c")]

    assert report_addresses(texts) == ("mailto:b@x.example", "mailto:a@x.example", "mailto:c@x.example")
