"""How the blocks of a page become files: several in one, and what `with: clean-mail` adds."""

import pytest

from linter.cli.manual_text import without_marks
from linter.rules.manual import CLEAN_MAIL, DEFAULT_FILE, Block

POLICY = "_dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}"
SELECTOR = "s1._domainkey: {type: CNAME, value: s1.keys.example.net.}"
KEY = "old._domainkey: {type: CNAME, value: old.keys.example.org.}"


def files(*lines: str) -> dict[str, list[str]]:
    text = "".join(f"{line}\n" for line in lines)
    return {name: held.splitlines() for name, held in Block("yaml", text).files().items()}


@pytest.mark.parametrize(
    ("lines", "added"),
    [
        (["zone: example.com", "records:", "  '': {type: A, value: 192.0.2.1}"], [f"  {POLICY}", f"  {SELECTOR}"]),
        (["'': {type: A, value: 192.0.2.1}"], [POLICY, SELECTOR]),
        (["records:", f"  {KEY}"], [f"  {POLICY}"]),
        (["records:", "  _dmarc:  # <- a mark", "    type: TXT"], [f"  {SELECTOR}"]),
        (["records:", f"  {POLICY}", f"  {KEY}"], []),
    ],
)
def test_a_clean_zone_has_what_it_lacks(lines: list[str], added: list[str]) -> None:
    assert files(*lines) == {DEFAULT_FILE: lines}
    assert files(CLEAN_MAIL, *lines) == {DEFAULT_FILE: [*lines, *added]}


def test_only_the_first_file_is_made_clean() -> None:
    found = files(CLEAN_MAIL, "a: 1", "# file: other.example.yaml", "b: 2")
    assert found == {DEFAULT_FILE: ["a: 1", POLICY, SELECTOR], "other.example.yaml": ["b: 2"]}


def test_a_page_says_in_words_what_is_added() -> None:
    assert without_marks(f"```yaml\n{CLEAN_MAIL}\na: 1  # <- wrong\n```") == (
        "```yaml\n# with a DMARC policy that rejects and a DKIM selector\na: 1\n```"
    )
