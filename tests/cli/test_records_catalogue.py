"""Every vendor declared alone for a fresh name: what `records` writes is right, or it says what is open."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from linter.providers.catalogue import catalogue
from linter.providers.needs import RECEIVING

from .conftest import Run

ROLES = {
    "receives": "{receives: box, dmarc: {rua: d@example.com}}",
    "sends": "{sends: [box], dmarc: {rua: d@example.com}}",
    "both": "{receives: box, sends: [box], dmarc: {rua: d@example.com}}",
}
FRESH = "www: {type: A, value: 50.0.0.80}\n"


def declare(folder: Path, provider: str, role: str, is_native: bool) -> Path:
    declared = f"systems: {{box: {{provider: {provider}}}}}\nmail: {{example.com: {ROLES[role]}}}\n"
    path = folder / "example.com.yaml"
    if is_native:
        path.write_text(f"zone: example.com\n{declared}records:\n  {FRESH}")
    else:
        (folder / ".mailzone.yaml").write_text(declared)
        path.write_text(FRESH)
    return path


def cases() -> Iterator[tuple[str, str, bool]]:
    """As a receiver those that receive, as a sender and as both all; the form of the file is tried with both roles."""
    for key, provider in sorted(catalogue().providers.items()):
        if not RECEIVING.isdisjoint(provider.roles):
            yield key, "receives", len(key) % 2 == 0
        yield key, "sends", len(key) % 2 == 1
        yield from ((key, "both", is_native) for is_native in (True, False))


@pytest.mark.parametrize(("provider", "role", "is_native"), list(cases()))
def test_what_is_written_passes_or_says_what_to_look_up(
    mailzone: Run, tmp_path: Path, provider: str, role: str, is_native: bool
) -> None:
    path = declare(tmp_path, provider, role, is_native)
    piece = mailzone("records", "example.com", "-f", "yaml").out
    ran = mailzone("records", "example.com", "--write")
    text = path.read_text()

    assert ran.status in (0, 1), ran
    assert yaml.safe_load(piece) is None or set(yaml.safe_load(piece)).isdisjoint({"www"})
    assert not any(mark in text for mark in ("{region}", "*.", "-*", "None "))
    again = mailzone("records", "example.com", "--write", "-f", "json")
    assert (again.status, path.read_text()) == (ran.status, text)
    left = json.loads(again.out)["records"]
    if ran.status == 0:
        assert not left
    else:
        assert left
        assert all(each["hint"] for each in left), left
    if any(each["purpose"] == "send" for each in left):
        live = (line for line in (text + piece).splitlines() if not line.lstrip().startswith("#"))
        assert not any("v=spf1" in line for line in live)
    check = mailzone("check", "-f", "json")
    errors = [each for each in json.loads(check.out)["findings"] if each["severity"] == "error"]
    told = " ".join(f"{each['type']} {each['name']}" for each in left)
    assert all(f"{each['type']} {each['name']}" in told for each in errors), (errors, left)
    (row,) = json.loads(mailzone("senders", "-f", "json").out)["names"]
    for sender in row["senders"]:
        assert left or sender["dmarc"]["verdict"] != "fail", sender
