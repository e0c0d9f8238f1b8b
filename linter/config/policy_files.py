"""The MTA-STS policy files that a configuration names: read in bounds, and from inside the repository only."""

import os
from collections.abc import Iterator

from linter.facts.transport.sts_policies import PolicyFile, policy_file
from linter.records.text.fault import quoted
from linter.records.text.name import dotless, is_host_name, to_ascii
from linter.records.transport.mta_sts_policy_value import LARGEST
from linter.source.file import Unreadable, read_octets, reason_of
from linter.source.plain import entry_of, key_text
from linter.source.repository import lies_in
from linter.source.text import Source, SourceFault, Span
from linter.source.tree import Mapping, Scalar, located, unalias

from .settings import BadConfiguration

KEY = "mta-sts"


def policy_files(root: Mapping, folder: str, repository: str) -> dict[str, PolicyFile]:
    """The policies by absolute mail domain; paths are relative to `folder` and may not leave `repository`.

    Raises BadConfiguration with every domain that is none, and every file that is not there to be read.
    """
    found: dict[str, PolicyFile] = {}
    read: dict[str, PolicyFile] = {}
    faults: list[SourceFault] = []
    for written, path, key, value in _entries(root):
        domain, fault = _domain(written)
        if fault or domain in found:
            message, way_out = fault or (f"{quoted(written)} is here twice", "keep one policy")
            faults.append(SourceFault(key, "config", message, way_out))
            continue
        try:
            found[domain] = _read(os.path.join(folder, path), repository, read)
        except PermissionError:
            faults.append(SourceFault(value, "config", f"{quoted(path)} lies outside the repository and is not read"))
        except Unreadable as error:
            faults.append(SourceFault(value, "config", f"cannot read {quoted(path)}: {error.reason}"))
    if faults:
        raise BadConfiguration(tuple(faults))
    return found


def _read(path: str, repository: str, known: dict[str, PolicyFile]) -> PolicyFile:
    """A policy by its path, each file once. Raises Unreadable, and PermissionError outside the repository."""
    try:
        real = os.path.realpath(path)
    except ValueError as error:  # a null character
        raise Unreadable(path, reason_of(error)) from error
    if not lies_in(real, repository):
        raise PermissionError(path)
    if real not in known:
        octets = read_octets(path, LARGEST)
        # Of a file that is not text nothing is shown; to a sender it is as good as empty.
        text = "" if 0 in octets else octets[:LARGEST].decode("utf-8", "replace")
        known[real] = policy_file(real, Source(path, text), len(octets))
    return known[real]


def _entries(root: Mapping) -> Iterator[tuple[str, str, Span, Span]]:
    """(domain, path, place of the domain, place of the path) as written."""
    entry = entry_of(root, KEY)
    named = unalias(entry[1])[0] if entry else None
    for key, value in zip(named.keys, named.values, strict=True) if isinstance(named, Mapping) else ():
        path, use = unalias(value)
        if isinstance(path, Scalar):
            yield key_text(key), path.text, located(key), located(path, use)


def _domain(written: str) -> tuple[str, tuple[str, str] | None]:
    """The absolute domain, and (fault, way out) of what is not a mail domain."""
    text, strange = to_ascii(written.lower().removesuffix("."))
    name = f"{text}."
    for label in ("_mta-sts.", "mta-sts."):
        if name.startswith(label) and name.count(".") > 2:
            message = f"{quoted(written)} is not the mail domain"
            return name, (message, f"write {quoted(dotless(name.removeprefix(label)))}")
    if strange or not is_host_name(name) or name.count(".") < 2:
        return name, (f"{quoted(written)} is not a mail domain", "name the domain that the policy is published for")
    return name, None
