"""The names that other people's rules import: promised, documented, and started as a command."""

import subprocess
import sys
from pathlib import Path

import pytest

import mailzone
import mailzone.testing

PAGE = Path(__file__).parents[2] / "docs" / "extending.md"


@pytest.mark.parametrize("module", [mailzone, mailzone.testing], ids=lambda module: module.__name__)
def test_the_page_says_what_is_promised(module: object) -> None:
    promised = getattr(module, "__all__")  # noqa: B009  # either module

    text = PAGE.read_text()

    assert [name for name in promised if not hasattr(module, name)] == []
    assert [name for name in promised if f"`{name}`" not in text] == []


def test_python_m_mailzone_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "mailzone", "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("mailzone ")
