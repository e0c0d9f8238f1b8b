"""The MTA-STS policy files of a repository, by the mail domains that they are published for."""

from linter.records.transport.mta_sts_policy import parse
from linter.records.transport.mta_sts_policy_value import LARGEST, Policy
from linter.source.frozen import Frozen
from linter.source.text import Source, Span


class PolicyFile(Frozen):
    """A policy file; `path` tells files apart, however they are spelled, `is_cut` whether it is larger than `source`.

    Senders are bound to read 64 KiB of a policy (RFC 8461 section 3.3), and more is not read here either.
    """

    path: str
    source: Source
    policy: Policy
    is_cut: bool = False

    def span(self, start: int, end: int) -> Span:
        """The place of text[start:end] of the policy."""
        return Span(self.source, start, end)


def policy_file(path: str, source: Source, size: int) -> PolicyFile:
    """Read a policy from its text; `size` is the number of octets that were read to get it."""
    if size <= LARGEST:
        return PolicyFile(path, source, parse(source.text))
    # What the line that is cut would be is not known.
    whole = source.text[: source.text.rfind("\n") + 1]
    return PolicyFile(path, source, parse(whole), True)
