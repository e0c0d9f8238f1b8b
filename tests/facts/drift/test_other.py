"""Types that mail does not need, from octoDNS's fields to presentation format and one notation."""

import pytest

from linter.facts.drift.other import canonical, written_of
from linter.source.text import Source
from linter.source.tree import unalias
from linter.source.yaml_reader import read_yaml


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        ("CAA", "{tag: issue, value: ca.example}", '0 issue "ca.example"'),
        ("CAA", "{flags: 128, tag: issue, value: ca.example}", '128 issue "ca.example"'),
        ("CAA", "{tag: issue}", None),
        ("CAA", "text", None),
        ("SSHFP", "{algorithm: 4, fingerprint_type: 2, fingerprint: ab}", "4 2 ab"),
        ("URI", "{priority: 1, weight: 2, target: 'https://a.example/'}", '1 2 "https://a.example/"'),
        ("OPENPGPKEY", "abcd", "abcd"),
        ("HTTPS", "{svcpriority: 1, targetname: ., svcparams: {alpn: [h2, h3], no-default-alpn: null}}",
         '1 . alpn="h2,h3" no-default-alpn'),
        ("HTTPS", "{svcpriority: 1}", None),
        ("CAA", "{tag: issue, value: [a]}", None),
    ],
)  # fmt: skip
def test_a_declared_value_in_presentation_format(kind: str, text: str, written: str | None) -> None:
    root = read_yaml(Source("x", text)).root
    assert root is not None

    assert written_of(kind, unalias(root)[0]) == written


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("CAA", '0 ISSUE "Ca.example"', '0 ISSUE "Ca.example"'),
        ("HTTPS", "1 A.b. port=443", '1 a.b. port="443"'),
        ("SSHFP", "4 2 " + "AB" * 32, "4 2 " + "ab" * 32),
        ("CAA", "x", None),
        ("NOTATYPE", "x", None),
    ],
)
def test_one_notation(kind: str, written: str, expected: str | None) -> None:
    assert canonical(kind, written) == expected
