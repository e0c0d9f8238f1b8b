"""The pages of our rules are true."""

from pathlib import Path

import acme_rules
import pytest

from mailzone.testing import Example, examples, untrue


@pytest.mark.parametrize("example", examples(acme_rules), ids=str)
def test_a_page_is_true(example: Example, tmp_path: Path) -> None:
    assert untrue(example, tmp_path) == []
