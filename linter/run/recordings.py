"""Recorded answers that a command line names: `--answers FILE`, as often as it is given."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from linter.facts.used_answers import UsedAnswers
from linter.finding import RECORDING, Witness
from linter.lookup.recorded import Recorded, Recording
from linter.lookup.recorded_reader import read_recording
from linter.report.place import explained
from linter.source.file import MAX_RECORDING, Unreadable, read_source

from .refused import Refused


def recorded_answers(paths: Iterable[str]) -> Recorded:
    """The files as one resolver; of two that know the same, the first counts. Raises Refused."""
    return Recorded([recording_at(path) for path in paths])


def recording_at(path: str, way_out: str = "", kind: str = RECORDING) -> Recording:
    """One file as read. Raises Refused with every fault in it, and what to do about them."""
    try:
        recording = read_recording(*read_source(path, MAX_RECORDING), kind)
    except Unreadable as error:
        raise Refused(f"cannot read {error.path}: {error.reason}") from error
    if recording.faults:
        raise Refused(*map(explained, recording.faults), *([f"{path}: {way_out}"] if way_out else []))
    return recording


def used_answers(used: Mapping[Witness, frozenset[str]], today: str) -> Iterator[UsedAnswers]:
    """What was used of each file, which is read again for its places."""
    files: dict[Witness, dict[str, frozenset[str]]] = {}
    for witness, names in used.items():
        files.setdefault(witness._replace(seen=""), {})[witness.seen] = names
    for witness, days in files.items():
        with suppress(Unreadable):  # it was read a moment ago
            source, _ = read_source(witness.source, MAX_RECORDING)
            yield UsedAnswers(witness, source, days, today)
