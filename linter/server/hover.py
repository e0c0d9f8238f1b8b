"""What is told of a place: the manual of what is found there, whose name it is, and what an SPF record costs."""

from collections.abc import Iterable, Iterator

from linter.facts.facts import Facts
from linter.facts.spf.problems import problems
from linter.facts.spf.tree import uncounted
from linter.facts.texts import SpfText
from linter.finding import Finding
from linter.providers.catalogue import catalogue
from linter.providers.model import Recognised
from linter.records.spf.record import Modifier
from linter.report.shown import shown
from linter.report.spf_tree_text import tree_text
from linter.rules import pages
from linter.rules.manual import sections
from linter.source.text import Source, Span

_MOST_RULES = 3
_MOST_LINES = 60
_MOST_COLUMNS = 160


def manuals(findings: Iterable[Finding], offset: int, source: Source) -> Iterator[str]:
    """The manuals of the rules whose findings mark a place of a text, as Markdown."""
    named = dict.fromkeys(each.rule for each in findings if _holds(each.span, offset, source))
    for rule in list(named)[:_MOST_RULES]:
        yield _manual(rule)


def _manual(rule: str) -> str:
    parts = sections(pages.manual(rule))
    told = [f"**{rule}**", parts[0].prose, *(part.prose for part in parts if part.heading == "Fix")]
    url = pages.url_of(rule)
    return "\n\n".join([*told, *([f"[The whole page]({url})"] if url else [])])


def records(facts: Facts, offset: int, source: Source) -> Iterator[str]:
    """What is known of the record at a place of a text: the tree of SPF, and the vendor that a name shows."""
    for recognised in dict.fromkeys(_vendors(facts, offset, source)):
        yield _vendor(recognised)
    for text in facts.texts.spf:
        if _holds(_whole(text), offset, source):
            yield _tree(facts, text)


def _vendors(facts: Facts, offset: int, source: Source) -> Iterator[Recognised]:
    for values in facts.mail_hosts.values():
        for value in values:
            if not value.is_null and _holds(value.exchange.span, offset, source):
                yield from _known(catalogue().of_mx(value.exchange.name))
    for text in facts.texts.spf:
        if not _holds(_whole(text), offset, source):
            continue
        for term in text.spf.terms:
            domain = term.value if isinstance(term, Modifier) else term.domain
            if domain is not None and _holds(text.value.place(term), offset, source):
                yield from _known(catalogue().of_spf(domain.text))
    for pointer in facts.targets:
        if _holds(pointer.target.span, offset, source):
            yield from _known(catalogue().of_dkim_target(pointer.target.name))
            yield from _known(catalogue().of_autodiscover(pointer.target.name))


def _known(found: Recognised | None) -> Iterator[Recognised]:
    if found is not None:
        yield found


def _vendor(found: Recognised) -> str:
    provider = found.provider
    said = f"{shown(found.reason)} ({shown(found.fact.evidence.witness.words)})"
    docs = f"\n\n[{shown(provider.docs)}]({provider.docs})" if provider.docs else ""
    shows = f"\n\n`mailzone providers {provider.key}` shows what it needs."
    return f"**{shown(provider.name)}** ({', '.join(provider.roles)})\n\n{said}{shows}{docs}"


def _whole(text: SpfText) -> Span:
    return text.value.part(0, len(text.spf.text))


def _tree(facts: Facts, text: SpfText) -> str:
    """The tree with costs as `mailzone spf` prints it, in a block that nothing in a record ends."""
    trees = facts.estate.spf_trees(facts.parsers.spf)
    tree = trees.of(text.record.name, text.spf)
    lines = list(tree_text(tree, uncounted(tree), list(problems(tree, trees))))
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [f"… {len(lines) - _MOST_LINES} more lines"]
    held = "\n".join(line[:_MOST_COLUMNS] for line in lines)
    fence = "`" * max(3, 1 + max(map(len, "".join(c if c == "`" else " " for c in held).split()), default=0))
    return f"{fence}text\n{held}\n{fence}"


def _holds(span: Span, offset: int, source: Source) -> bool:
    """Whether a place of a text lies in a span, or right behind it."""
    return span.source.path == source.path and span.start <= offset <= span.end
