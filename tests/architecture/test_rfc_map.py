"""The map of RFCs is true: every section that the code cites is in it, with the module that cites it."""

from pathlib import Path

import pytest

from scripts.generate import stale
from scripts.rfc_map import citations, rfc_map, sources

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rfc.md").read_text()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RFC 7208 section 5.5", [(7208, "5.5")]),
        ("as RFC 7208 has it.", [(7208, "")]),
        ("RFC 7208 sections 4 to 7).", [(7208, "4"), (7208, "7")]),
        ("(RFC 1035 sections 3.1 and 4.1.4): names", [(1035, "3.1"), (1035, "4.1.4")]),
        ("RFC 1035 section 3.5 and RFC 3596 section 2.5", [(1035, "3.5"), (3596, "2.5")]),
        ("RFC 9989 appendix A.6", [(9989, "appendix A.6")]),
        ("receivers count it (RFC 9989 section\n    4.9).", [(9989, "4.9")]),
        ("# as RFC 8461 section\n# 3.2 says", [(8461, "3.2")]),
        ("RFC 8461 section 3.2. Then", [(8461, "3.2")]),
        ("no document", []),
    ],
)
def test_a_citation_is_read(text: str, found: list[tuple[int, str]]) -> None:
    assert list(citations(text)) == found


def test_every_cited_section_is_in_the_map() -> None:
    parts = {part.partition("]")[0]: part for part in PAGE.split("\n## [RFC ")[1:]}
    missing = [
        (path.name, number, section)
        for path in sources(ROOT)
        for number, section in citations(path.read_text())
        if not any(
            line.startswith(f"| {section} |") and f"(../{path.relative_to(ROOT).as_posix()})" in line
            for line in parts.get(str(number), "").splitlines()
        )
    ]

    assert missing == []


def test_the_map_is_fresh() -> None:
    assert stale({"docs/rfc.md": rfc_map(ROOT)}) == []
