"""What a zone's mail depends on in other people's zones, whether or not any rule looks there."""

from linter.facts.spf.tree import SpfTrees

from .facts import Facts
from .targets import mail_hosts


def prefetch_external(facts: Facts) -> None:
    """Ask the zone's resolver for all of it: SPF records with all below them, mail hosts, what services are aliases of.

    Owners with an underscore are aliases for mail's sake: selectors of DKIM, policies and reports at a vendor.
    """
    trees = SpfTrees(facts.resolver, facts.parsers.spf)
    for text in facts.texts.spf:
        trees.of(text.record.name, text.spf)
    for _, target in mail_hosts(facts.targets):
        for kind in ("A", "AAAA"):
            facts.resolver.lookup(target.name, kind)
    for record in facts.records("CNAME"):
        if record.name.startswith("_") or "._" in record.name:
            facts.resolver.lookup(record.name, "TXT")
