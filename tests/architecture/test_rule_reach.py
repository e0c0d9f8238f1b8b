"""What a rule's code can do is read from its syntax tree: nothing that may lead to another zone is missed."""

from pathlib import Path

import pytest

from linter.rules.alone import ALONE
from linter.rules.registry import own_rules
from scripts.generate import alone
from scripts.rule_reach import OWN, Code, Reach

ROOT = Path(__file__).parents[2]
FACTS = """
from .texts import texts_of

class Facts:
    def __init__(self, index, resolver):
        self.index = index
        self.resolver = resolver
        self.known = {}
        self.parsers = self.publishing = self.demands = self.is_internal = self.is_seen = None
    def once(self, fact): return fact(self)
    def let_go(self): self.known.clear()
    zone = records = None
    def zone_at(self, name): return self.resolver.at(name)
    def texts(self): return texts_of(self)
"""
MEMBERS = "".join(
    f"    def {name}(self): return self.index\n"
    for name in sorted(OWN)
    if f"self.{name}" not in FACTS and f"def {name}(" not in FACTS
)
MODULES = {
    "linter.facts": "",
    "linter.facts.facts": FACTS + MEMBERS,
    "linter.facts.texts": "def texts_of(facts): return facts.index",
    "linter.facts.far": """
from linter.finding import Related
from .facts import Facts

def lacking(facts, name): return (Related(facts.zone_at(name), "there"),)

def plain(facts: Facts) -> "list[Related]": return facts.index

class Far:
    def __init__(self, facts): self.facts = facts
    def all(self): return [Related(span, "x") for span in self.facts.resolver.every()]
""",
    "linter.finding": "class Related: pass\ndef complaint(span, related=()): return span\n",
    "mailzone": "from linter.finding import Related, complaint\nfrom linter.facts.facts import Facts\n",
}
BOTH, RELATES, LOOKS, NEITHER = Reach(True, True), Reach(True, False), Reach(False, True), Reach(False, False)
LACKING = "from linter.facts.far import lacking\n"
CHECK = "def check(facts):"
CASES = {
    "nothing": (f"{CHECK} yield facts.index", NEITHER),
    "a related place": (f"from mailzone import Related\n{CHECK} yield Related(facts.texts(), '')", RELATES),
    "a look beyond": (f"{CHECK} yield facts.resolver", LOOKS),
    "both": (f"from mailzone import Related\n{CHECK} yield Related(facts.zone_at('x'), '')", BOTH),
    "in a type": (
        "from mailzone import Facts, Related\ndef check(facts: Facts) -> 'Related':\n it: Related = facts\n yield it",
        NEITHER,
    ),
    "by a function": (f"{LACKING}{CHECK} yield lacking(facts, 'x')", BOTH),
    "by a function with types": (f"from linter.facts.far import plain\n{CHECK} yield plain(facts)", NEITHER),
    "by another name": (f"from linter.facts.far import lacking as it\n{CHECK} yield it(facts, 'x')", BOTH),
    "imported where it is used": (f"{CHECK}\n {LACKING} yield lacking(facts, 'x')", BOTH),
    "by a module": (f"from linter.facts import far\n{CHECK} yield far.lacking(facts, 'x')", BOTH),
    "by a whole module": (f"import linter.facts.far\n{CHECK} yield linter.facts.far.plain(facts)", BOTH),
    "by a class": (f"from linter.facts.far import Far\n{CHECK} yield Far(facts).all()", BOTH),
    "by a neighbour": (
        f"{LACKING}def _place(facts): return lacking(facts, 'x')\n{CHECK} yield from map(_place, [facts])",
        BOTH,
    ),
    "in a table": (f"{LACKING}T = {{'x': lacking}}\n{CHECK} yield T['x'](facts, 'x')", BOTH),
    "put into a table": (f"{LACKING}T = {{}}\nT['x'] = lacking\n{CHECK} yield T['x'](facts, 'x')", BOTH),
    "added to a table": (f"{LACKING}T = {{}}\nT.update(x=lacking)\n{CHECK} yield T['x'](facts, 'x')", BOTH),
    "in one of two ways": (
        f"{LACKING}try:\n def find(facts): return lacking(facts, '')\nexcept OSError: pass\n{CHECK} yield find(facts)",
        BOTH,
    ),
    "by a decorator": (f"{LACKING}@lacking\n{CHECK} yield facts.index", BOTH),
    "by a default": (f"{LACKING}def check(facts, find=lacking): yield find(facts, 'x')", BOTH),
    "by a lambda": (f"{LACKING}F = lambda facts: lacking(facts, 'x')\n{CHECK} yield F(facts)", BOTH),
    "by the facts": (f"{LACKING}{CHECK} yield facts.once(lacking)", BOTH),
    "by a base class": (
        f"from linter.facts.far import Far\nclass Near(Far): pass\n{CHECK} yield Near(facts).all()",
        BOTH,
    ),
    "by other facts": (f"from mailzone import Facts\n{CHECK} yield Facts(facts.index, None)", LOOKS),
    "by a text": (f"{CHECK} yield getattr(facts, 'resolver')", LOOKS),
    "by a text of no account": (f"{CHECK} yield getattr(facts, 'index')", NEITHER),
    "by a text that is made": (f"{CHECK} yield getattr(facts, str(facts.index))", BOTH),
    "by a getter": (f"from operator import attrgetter\n{CHECK} yield attrgetter('resolver')(facts)", BOTH),
    "by a pattern": (f"{CHECK}\n match facts:\n  case object(resolver=found): yield found", LOOKS),
    "by what no module has": (f"from linter.facts.far import gone\n{CHECK} yield gone(facts)", BOTH),
    "no function at all": ("from functools import partial\n", BOTH),
}


@pytest.mark.parametrize("case", CASES)
def test_what_code_has_to_do_with_is_seen(case: str) -> None:
    text, expected = CASES[case]

    assert Code({**MODULES, "linter.rules.rule": text}).reach(("linter.rules.rule", "check")) == expected


def test_an_import_of_everything_is_refused() -> None:
    text = "from linter.facts.far import *\ndef check(facts): yield lacking(facts, 'x')"

    with pytest.raises(ValueError, match="imports all of linter"):
        Code({**MODULES, "linter.rules.rule": text}).reach(("linter.rules.rule", "check"))


def test_what_facts_have_no_longer_is_refused() -> None:
    with pytest.raises(ValueError, match="facts have no"):
        Code({**MODULES, "linter.facts.facts": (FACTS + MEMBERS).replace("self.demands = ", "")})


def test_what_facts_have_from_now_on_leads_beyond() -> None:
    facts = (FACTS + MEMBERS).replace("def zone_at", "def neighbours")

    found = Code({**MODULES, "linter.facts.facts": facts, "linter.rules.rule": "def check(f): yield f.neighbours()"})

    assert found.reach(("linter.rules.rule", "check")) == LOOKS


def test_the_list_is_of_the_present_code() -> None:
    assert (ROOT / "linter" / "rules" / "alone.py").read_text() == alone()


def test_floors_below_know_no_related_places_and_no_facts() -> None:
    """What the search takes for granted of the code that it does not follow."""
    floors = ("providers", "lookup", "edit", "zone", "intent", "records", "source")
    files = [file for floor in floors for file in (ROOT / "linter" / floor).rglob("*.py")]
    knowing = [file.name for file in files if "Related" in file.read_text() or "linter.facts" in file.read_text()]

    assert len(files) > 100
    assert knowing == []


def test_most_rules_are_alone_and_those_that_follow_names_are_not() -> None:
    names = {rule.name for rule in own_rules()}

    assert len(names) / 2 < len(ALONE) < len(names)
    assert names >= ALONE
    assert {
        "spf-too-many-lookups",
        "spf-loop",
        "mx-target-missing",
        "dkim-shared-key",
        "dmarc-missing",
    } <= names - ALONE
