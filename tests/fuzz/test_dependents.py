"""Of whatever repository one file is named: what that means elsewhere is what all rules say there, and no less."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.run import standard_input
from linter.run.dependents import Checked

from .estates import any_estate, estate
from .test_any_repository import EXAMPLES, laid, run, watched


@contextmanager
def all_rules() -> Iterator[None]:
    """No rule is left out where it judges its zone alone."""
    with patch.object(Checked, "aside", lambda *_: None):
        yield


def found(folder: str, named: str, octets: bytes | None = None) -> tuple[int, list[dict[str, Any]], str]:
    """The status, what is found, and what is said, where one file is named or comes from standard input.

    What recordings are too old depends on which of their answers were used, and nothing else does.
    """
    paths = (named,) if octets is None else ("-", "--stdin-filename", named)
    with patch.object(standard_input, "standard_input", lambda: octets):
        status, out, err = run(folder, ("check", "-f", "json", "-j", "1", "--no-cache", *paths))
    told = json.loads(out)["findings"] if out else []
    return status, [each for each in told if each["rule"] != "lock-old"], err


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(any_estate, st.data())
def test_nothing_is_lost_of_what_a_file_means_elsewhere(files: dict[str, str], data: st.DataObject) -> None:
    given_text = data.draw(st.booleans())
    with laid(files) as folder, watched():
        for named in files:
            octets = files[named].encode() if given_text else None
            some = found(folder, named, octets)
            with all_rules():
                assert some == found(folder, named, octets), named


def told(findings: list[dict[str, Any]], named: str) -> set[tuple[str, str, int, int, str]]:
    """The findings in a file, and those that lead to it, but that it is no zone: who names one is told otherwise."""
    return {
        (each["rule"], each["path"], each["line"], each["column"], each["message"])
        for each in findings
        if named in (each["path"], *(related["path"] for related in each["related"])) and each["rule"] != "not-a-zone"
    }


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(estate())
def test_what_a_check_of_all_files_tells_of_one_a_check_of_that_one_tells(files: dict[str, str]) -> None:
    with laid(files) as folder, watched():
        whole = found(folder, ".")[1]
        for named in files:
            if named.startswith(".") or named == "mailzone.lock":
                continue  # no zone
            assert told(whole, named) <= told(found(folder, named)[1], named), named


def test_random_estates_have_much_to_tell_of_each_other() -> None:
    elsewhere: set[str] = set()

    @settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(estate())
    def tried(files: dict[str, str]) -> None:
        with laid(files) as folder:
            for named in files:
                elsewhere.update(each["rule"] for each in found(folder, named)[1] if each["path"] != named)

    tried()
    assert len(elsewhere) > 15, elsewhere
