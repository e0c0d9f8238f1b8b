"""What a change means for MTA-STS, TLS reports, TLSA and BIMI."""

from collections.abc import Iterator

from linter.facts.transport.sts_policies import PolicyFile
from linter.plan.laws.transport import announced
from linter.records.text.fault import few, quoted
from linter.records.text.name import shown
from linter.records.transport.mta_sts import parse as parse_sts

from .compared import Compared
from .model import INFO, WARNING, Change
from .side import Side
from .subjects import BIMI, STS, TLS_RPT, TLSA


def transport(compared: Compared) -> Iterator[Change]:
    """All of it."""
    yield from _records(compared)
    yield from _policies(compared)
    yield from _unseen_policies(compared)
    yield from _tlsa(compared)


def policy_id(side: Side, domain: str) -> str:
    """The id of the MTA-STS policy of a domain, "" for none."""
    texts = announced(side.plain, domain)
    return (parse_sts(texts[0]).id or "") if len(texts) == 1 else ""


def _records(compared: Compared) -> Iterator[Change]:
    for each in compared.differences.of(STS, TLS_RPT, BIMI):
        hunk, name = each.hunk, each.domains[0]
        what = {STS: "MTA-STS", TLS_RPT: "TLS reports", BIMI: "BIMI"}[each.subject]
        old, new = hunk.in_words
        part = "host" if hunk.name.startswith("mta-sts.") else "record"
        if hunk.after is None:
            message, severity = f"{what} of {shown(name)}: its {part} goes", WARNING
        elif hunk.before is None:
            message, severity = f"{what} of {shown(name)}: its {part} is new", INFO
        else:
            ids = policy_id(compared.before, name), policy_id(compared.after, name)
            told = f" (id {quoted(ids[0])} -> {quoted(ids[1])})" if each.subject == STS and all(ids) else ""
            message, severity = f"{what} of {shown(name)}: its {part} changes{told}", INFO
        yield Change(each.subject, name, old, new, message, severity, hunk.place)


def _policies(compared: Compared) -> Iterator[Change]:
    """Policy files of the repository that differ."""
    old, new = compared.before.policies, compared.after.policies
    for name in sorted({*old, *new}):
        was, becomes = old.get(name), new.get(name)
        if was is None or becomes is None or was.policy.text == becomes.policy.text:
            continue
        ids = policy_id(compared.before, name), policy_id(compared.after, name)
        same = "" if ids[0] != ids[1] or not ids[1] else ", and its `id` does not"
        message = f"the MTA-STS policy of {shown(name)} changes{same}: {_summary(was)} -> {_summary(becomes)}"
        place = compared.after.place_of(becomes.source, 0)
        yield Change("mta-sts", name, _summary(was), _summary(becomes), message, WARNING if same else INFO, place)


def _summary(file: PolicyFile) -> str:
    policy = file.policy
    hosts = ", ".join(pattern.name for pattern in policy.mx[:4]) + (" …" if len(policy.mx) > 4 else "")
    return f"{policy.mode or 'no mode'} {hosts or 'no hosts'}"


def _unseen_policies(compared: Compared) -> Iterator[Change]:
    """Mail that goes elsewhere under a policy that nobody here can read."""
    for name, (_, new) in compared.switched.items():
        ids = policy_id(compared.before, name), policy_id(compared.after, name)
        if ids[0] and ids[0] == ids[1] and name not in compared.after.policies:
            message = (
                f"mail for {shown(name)} goes to hosts of {new}, and the `id` of its MTA-STS policy stays "
                f"{quoted(ids[0])}: the policy is unknown here; if it does not list them, senders refuse to deliver"
            )
            yield Change(
                "mta-sts", name, ids[0], ids[1], message, WARNING, compared.after.place((f"_mta-sts.{name}", "TXT"))
            )


def _tlsa(compared: Compared) -> Iterator[Change]:
    for each in compared.differences.of(TLSA):
        hunk = each.hunk
        if not hunk.name.startswith("_25."):
            continue
        host = hunk.name.split(".", 2)[-1]
        whose = f", which receives mail of {few(map(shown, each.domains))}" if each.domains else ""
        what = "are new" if hunk.before is None else "go" if hunk.after is None else "change"
        severity = WARNING if hunk.after is None and each.domains else INFO
        kept = "; its key must stay until they are forgotten" if hunk.after is None and each.domains else ""
        message = f"the TLSA of {shown(host)}{whose}, {what}{kept}"
        yield Change("tlsa", host, *hunk.in_words, message, severity, hunk.place)
