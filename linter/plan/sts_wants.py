"""What a stage wants of MTA-STS: policies that list old and new hosts while both may be known, and their modes."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from linter.facts.transport.sts_policies import PolicyFile
from linter.records.text.name import dotless
from linter.records.transport.mta_sts import is_mta_sts, parse
from linter.records.transport.mta_sts_policy_value import Policy, allowing

from .estate import View
from .laws.law import QUICK
from .want import AUTHORISE, END, POLICY, RETIRE, TIGHTEN, Need, Op, Phase, Rewrite, SetText, SetTtl, SetValues, Want

SHORT_AGE = 86_400
"""Seconds that a policy of mode none is kept: small, as RFC 8461 section 8.3 asks."""


class Sts:
    """The MTA-STS of one mail domain on its way through a stage; `stamp` makes its ids: a date, and a number."""

    def __init__(self, view: View, name: str, stamp: str) -> None:
        self.view = view
        self.name = name
        self._stamp = stamp
        self.place = f"_mta-sts.{name}"
        held = view.sets.get((self.place, "TXT"))
        texts = [text for text in (held.values if held else ()) if is_mta_sts(text)]
        self.record = texts[0] if len(texts) == 1 and parse(texts[0]).id is not None else ""
        self.file: PolicyFile | None = view.built.policies.get(name)
        self.text = self.file.source.text if self.file is not None else ""

    @property
    def is_used(self) -> bool:
        """Whether senders are told of a policy by a record that stands here."""
        return bool(self.record)

    @property
    def age(self) -> int:
        """The `max_age` of the policy that senders may hold, in seconds; 0 where that is not known."""
        return (self.file.policy.max_age or 0) if self.file is not None and self.is_used else 0

    def first(self) -> SetText:
        """The record that tells of a policy for the first time."""
        self.record = f"v=STSv1; id={self._stamp}01"
        return SetText(self.place, "", self.record)

    def renewed(self) -> SetText:
        """The record with an id that was not used before."""
        old = self.record
        tag = next(tag for tag in parse(old).tags.tags if tag.name == "id")
        count = tag.value.removeprefix(self._stamp) if tag.value.startswith(self._stamp) else ""
        number = int(count) + 1 if count.isascii() and count.isdigit() and len(count) < 9 else 1
        self.record = f"{old[: tag.value_start]}{self._stamp}{number:02}{old[tag.value_end :]}"
        return SetText(self.place, old, self.record)

    def rewritten(self, text: str, what: str) -> tuple[Rewrite, ...]:
        """The policy file with another text; nothing where its text is not here."""
        self.text = text
        return (Rewrite(self.file.source.path, text, what),) if self.file is not None else ()


def sts_wants(
    view: View,
    now: View,
    names: Iterable[str],
    hosts: Mapping[str, tuple[str, ...]],
    opens: Collection[str],
    stamp: str,
) -> Iterator[Want]:
    """`hosts` are the MX hosts that names shall have, by name; `opens` are names whose new host is to be looked up.

    `stamp` is a date, as in 20270131.
    """
    for name in names:
        sts = Sts(view, name, stamp)
        mode = now.entries[name].mta_sts
        new = hosts.get(name, ())
        if now.entries[name].is_none:
            yield from _ended(sts)
            continue
        if sts.is_used and name in opens:
            yield from _open_hosts(sts)
        if sts.is_used:
            yield from _widened(sts, new)
            yield from _narrowed(sts, view.hosts(name), new)
        elif mode is not None and mode.text != "none" and not view.sets.get((sts.place, "TXT")):
            yield from _begun(sts, view.hosts(name), new)
            yield from _narrowed(sts, view.hosts(name), new)
        if sts.is_used and mode is not None:
            yield from _mode(sts, mode.text) if sts.file is not None else _unseen_mode(sts, mode.text)


def _ended(sts: Sts) -> Iterator[Want]:
    """The policy of a name without mail: it goes as any policy does (RFC 8461 section 8.3)."""
    if sts.is_used:
        yield from _mode(sts, "none") if sts.file is not None else _unseen_mode(sts, "none")


def _open_hosts(sts: Sts) -> Iterator[Want]:
    """The policy of a name whose new hosts are not known yet."""
    shown = dotless(sts.name)
    what = f"the MTA-STS policy of {shown} must list the new MX hosts beside the old, with a new id"
    yield Want(AUTHORISE, "L9", "senders must know both", (), (Need((sts.place, "file"), what, _configured(shown)),))
    what = f"the MTA-STS policy of {shown} must no longer list the old MX hosts, with a new id"
    yield Want(RETIRE, "L9", "senders need the new alone", (), (Need((sts.place, "file"), what, _configured(shown)),))


def _widened(sts: Sts, new: tuple[str, ...]) -> Iterator[Want]:
    """Both lists of hosts before the MX changes."""
    shown = dotless(sts.name)
    if new and sts.file is None:
        listed = ", ".join(dotless(host) for host in new)
        need = Need((sts.place, "file"), f"the policy file of {shown}, which must list {listed}", _configured(shown))
        yield Want(AUTHORISE, "L9", f"the MTA-STS policy of {shown} lists the new hosts too", (), (need,))
    both = with_hosts(sts.text, sts.file.policy, new) if sts.file is not None else sts.text
    if both != sts.text:
        what = f"the policy lists {', '.join(dotless(host) for host in new)} too; put it in place before the id"
        files = sts.rewritten(both, what)
        reason = f"the MTA-STS policy of {shown} lists the old and the new hosts, then its id changes"
        yield Want(AUTHORISE, "L9", reason, (sts.renewed(),), (), files, 0, sts.age)


def _narrowed(sts: Sts, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Want]:
    """The new hosts alone once nobody may know the old ones."""
    lean = without_hosts(sts.text, [host for host in old if host not in new], new) if new else sts.text
    if sts.file is not None and lean != sts.text:
        files = sts.rewritten(lean, "the policy no longer lists the old hosts; put it in place before the id")
        reason = f"the MTA-STS policy of {dotless(sts.name)} lists the new hosts only"
        yield Want(RETIRE, "L9", reason, (sts.renewed(),), (), files, 0, sts.age)


def _begun(sts: Sts, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Want]:
    """A policy that senders did not know before: in mode testing first, whatever it is to become."""
    shown, listed = dotless(sts.name), tuple(dict.fromkeys((*old, *new)))
    needs: list[Need] = []
    files: tuple[Rewrite, ...] = ()
    host = f"mta-sts.{sts.name}"
    if all(sts.view.resolver.lookup(host, kind).is_empty for kind in ("A", "AAAA")):
        what = f"the address of {dotless(host)}, a web server with a certificate for that name"
        needs.append(Need((host, "CNAME"), what, "whoever hosts the policy file"))
    if sts.file is None:
        lines = ("version: STSv1", "mode: testing", *(f"mx: {dotless(each)}" for each in listed))
        text = ", ".join(f"`{line}`" for line in (*lines, f"max_age: {SHORT_AGE}"))
        needs.append(Need((sts.place, "file"), f"the policy file of {shown} with the lines {text}", _configured(shown)))
    else:
        text = with_mode(with_hosts(sts.text, sts.file.policy, listed), "testing")
        if text != sts.text:
            what = "the policy has `mode: testing` and lists every MX host; put it in place before the record"
            files = sts.rewritten(text, what)
    reason = f"senders learn of the MTA-STS policy of {shown} and report what would fail (RFC 8461 section 5)"
    ops = (sts.first(), SetTtl(sts.place, "TXT", QUICK))
    yield Want(POLICY, "L9", reason, ops, tuple(needs), files)


def _configured(shown: str) -> str:
    return f"served at https://mta-sts.{shown}/.well-known/mta-sts.txt; `mta-sts: {{{shown}: PATH}}` of .mailzone.yaml"


def with_mode(text: str, mode: str) -> str:
    """A policy with another mode; one without a mode stays as it is."""
    from linter.records.transport.mta_sts_policy import parse as parse_policy

    line = parse_policy(text).line("mode")
    return text if line is None else f"{text[: line.value_start]}{mode}{text[line.value_end :]}"


def _phase(mode: str) -> tuple[Phase, str]:
    """The phase in which a policy gets a mode, and the law for it."""
    return (TIGHTEN, "L9") if mode == "enforce" else (RETIRE, "L16") if mode == "none" else (POLICY, "L9")


def _unseen_mode(sts: Sts, mode: str) -> Iterator[Want]:
    """The mode of a policy whose file is not here."""
    shown, (phase, law) = dotless(sts.name), _phase(mode)
    if phase == POLICY and not sts.view.sets.get((sts.place, "TXT")):
        return  # it begins so
    what = f"the policy file of {shown}: it must have `mode: {mode}` before the id changes"
    need = Need((sts.place, "file"), what, _configured(shown))
    yield Want(phase, law, f"the MTA-STS policy of {shown} has the mode {mode}", (sts.renewed(),), (need,))


def _mode(sts: Sts, mode: str) -> Iterator[Want]:
    from linter.records.transport.mta_sts_policy import parse as parse_policy

    policy = parse_policy(sts.text)
    shown, age = dotless(sts.name), policy.max_age or 0
    if policy.mode == mode and mode != "none":
        return
    if policy.line("mode") is not None and policy.mode != mode:
        text = with_mode(sts.text, mode)
        held = parse_policy(text).line("max_age")
        if mode == "none" and held is not None and age > SHORT_AGE:
            text = f"{text[: held.value_start]}{SHORT_AGE}{text[held.value_end :]}"
        files = sts.rewritten(text, f"the policy has `mode: {mode}`; put it in place before the id")
        phase, law = _phase(mode)
        yield Want(
            phase, law, f"the MTA-STS policy of {shown} has the mode {mode}", (sts.renewed(),), (), files, 0, age
        )
    if mode == "none":
        reason = f"no sender caches the MTA-STS policy of {shown} any more: its record goes, and its host may"
        gone: tuple[Op, ...] = (SetText(sts.place, sts.record, ""),)
        alias = sts.view.sets.get((f"mta-sts.{sts.name}", "CNAME"))
        gone += (SetValues(f"mta-sts.{sts.name}", "CNAME", ()),) if alias is not None else ()
        yield Want(END, "L16", reason, gone)


def with_hosts(text: str, policy: Policy, hosts: Iterable[str]) -> str:
    """A policy that allows hosts too, which it may do already."""
    known = {pattern.name for pattern in policy.mx}
    new = [dotless(host) for host in hosts if not any(name in known for name in allowing(host))]
    lines = [line for line in policy.lines if line.key == "mx"] or list(policy.lines[-1:])
    if not new or not lines:
        return text
    end = lines[-1].end
    newline = "\r\n" if "\r\n" in text else "\n"
    return text[:end] + "".join(f"{newline}mx: {host}" for host in new) + text[end:]


def without_hosts(text: str, old: Iterable[str], new: Iterable[str]) -> str:
    """A policy without the patterns that allow only old hosts."""
    from linter.records.transport.mta_sts_policy import parse as parse_policy

    kept = {name for host in new for name in allowing(host)}
    gone = {name for host in old for name in allowing(host)} - kept
    for pattern in reversed(parse_policy(text).mx):
        if pattern.name in gone:
            start = text.rfind("\n", 0, pattern.start) + 1
            end = text.find("\n", pattern.end)
            text = text[:start] + (text[end + 1 :] if end >= 0 else "")
    return text
