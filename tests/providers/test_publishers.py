"""policies/publishers.yaml fits its schema, is generated into the package, and says what the packages do."""

import os
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from linter.providers.files import document_at, policies_folder
from linter.providers.publisher_schema import publishers_schema
from linter.providers.publishers import NAMES, SETTING, Publishers, publishers
from linter.zone.shape import KNOWN_TYPES

DOCUMENT = document_at(os.path.join(policies_folder(), "publishers.yaml"))
SOURCES = yaml.safe_load((Path(policies_folder()) / "sources.yaml").read_text())
ROWS = [*DOCUMENT["publishers"], *DOCUMENT["sources"]]


def test_the_file_fits_its_schema() -> None:
    assert [error.message for error in Draft202012Validator(publishers_schema()).iter_errors(DOCUMENT)] == []


@pytest.mark.parametrize(
    "row",
    [
        {"names": SETTING},
        {"names": "somewhere"},
        {"types": []},
        {"classes": ["no path"]},
        {"unknown": 1},
    ],
)
def test_the_schema_refuses_what_says_nothing(row: dict[str, object]) -> None:
    document = {**DOCUMENT, "sources": [{**DOCUMENT["sources"][0], **row}]}

    assert not Draft202012Validator(publishers_schema()).is_valid(document)


def test_what_is_generated_is_what_the_file_says() -> None:
    read, written = publishers(), Publishers(DOCUMENT)

    assert read.by_class == written.by_class
    assert read.reach_by_class == written.reach_by_class


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_every_row_has_a_source_and_types_that_are_known(row: dict[str, object]) -> None:
    assert re.split(r"[: ]", str(row["source"]))[0] in SOURCES
    for key in ("types", "absolute", "as-txt"):
        listed = row.get(key, [])
        assert isinstance(listed, list)
        assert set(listed) <= KNOWN_TYPES | {"DKIM", "DMARC"}
        assert listed == sorted(listed)


def test_every_class_stands_once() -> None:
    paths = [path for row in ROWS for path in row["classes"]]

    assert len(paths) == len(set(paths))


def test_absolute_targets_are_of_types_that_are_published() -> None:
    for publisher in publishers().by_class.values():
        assert publisher.absolute <= publisher.types | (set() if publisher.types else publisher.absolute)


def test_every_way_of_naming_is_used() -> None:
    assert {reach.names for reach in publishers().reach_by_class.values()} == set(NAMES)
