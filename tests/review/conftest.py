"""A review of files before and after, as its document."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from linter.report.schema import report_schema
from tests.cli.conftest import Run
from tests.cli.conftest import mailzone as mailzone

from .pull_requests import ZONE
from .repositories import Repository


class Reviewed:
    """Runs a review of some files before and after."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.repository = Repository(folder)
        self.run = run

    def __call__(self, before: Any, after: Any, *words: str) -> Any:
        old, new = ({ZONE: text} if isinstance(text, str) else text for text in (before, after))
        self.repository.commit(old)
        self.repository.put(new)
        ran = self.run("review", "HEAD", "-f", "json", *words)
        assert ran.err == ""
        document = json.loads(ran.out)
        Draft202012Validator(report_schema()).validate(document)
        assert document["status"] == ran.status
        assert document["refused"] is bool(document["steps"])
        return document


@pytest.fixture
def review(tmp_path: Path, mailzone: Run) -> Reviewed:
    return Reviewed(tmp_path, mailzone)
