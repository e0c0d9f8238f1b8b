"""`mailzone test-rules`: the examples in the pages of a package's rules, executed."""

import sys
import tempfile
from pathlib import Path

from linter.report.shown import shown
from linter.rules import known
from linter.rules.rule import Rule
from linter.run.plugging import loaded
from linter.run.refused import Refused
from linter.source.typed import Protocol

from .faults import refused
from .streams import write_lines


class PackageOptions(Protocol):
    """What is tested: a module, `module:attribute`, or the family of an installed plug-in."""

    package: str


def test_rules(options: PackageOptions) -> int:
    """Run the command: 0 where every example is true, 1 where one is not, 2 where rules or pages cannot be read."""
    from linter.run.examples import examples_of, untrue

    try:
        rules = _rules(options.package)
        found = examples_of(rules)
    except Refused as error:
        return refused(error)
    except (ValueError, OSError) as error:
        return refused(Refused(shown(str(error))))
    wrong = 0
    for example in found:
        with tempfile.TemporaryDirectory() as folder:
            try:
                said = untrue(example, Path(folder))
            except Exception as error:  # code of others
                said = [f"{type(error).__name__}: {error}"]
        wrong += bool(said)
        lines = [f"{'wrong' if said else 'ok   '}  {example}", *(f"       {line}" for line in said)]
        write_lines(map(shown, lines), sys.stdout)
    held = f"{len(found)} example{'s' * (len(found) != 1)} of {len(rules)} rule{'s' * (len(rules) != 1)}"
    write_lines([f"{held}: {f'{wrong} not true' if wrong else 'all true'}"], sys.stdout)
    return int(wrong > 0)


def _rules(package: str) -> tuple[Rule, ...]:
    installed = tuple(rule for rule in known.plugged() if rule.family == package)
    return installed or loaded(package, f"`{package}`")
