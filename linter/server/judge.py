"""Texts judged as the files of their names, whatever they hold: what is found, or why that is not known."""

import os
from collections.abc import Callable, Iterator

from linter.config.settings import BadConfiguration
from linter.facts.facts import Facts
from linter.finding import Finding
from linter.run.fixing import with_patches
from linter.run.given_text import facts_in, judged_as_found
from linter.run.outcome import Outcome
from linter.run.policy import Policy, answers_for, policy_for
from linter.run.refused import Refused
from linter.source.file import MAX_OCTETS, Unreadable
from linter.source.frozen import Frozen
from linter.source.text import Source, SourceFault, Span
from linter.source.typed import Any

_MOST_FINDINGS = 1000


class Verdict(Frozen):
    """What is found in a text: at most a thousand findings of `total`.

    `faults` are those of the configuration and what it names, without which nothing is judged. `problem` says why a
    text could not be judged, "" where it was. `held` is the number of findings that do not count.
    """

    findings: tuple[Finding, ...] = ()
    total: int = 0
    faults: tuple[SourceFault, ...] = ()
    problem: str = ""
    held: int = 0


class Judge:
    """Judges by the configuration that governs each file; `options` are those of the command line.

    `day` gives the present one: an editor is open for weeks.
    """

    def __init__(self, options: Any, day: Callable[[], str]) -> None:
        self._options = options
        self._day = day

    def verdict(self, source: Source) -> Verdict:
        """What is found in a text as the file of its path. Never raises but for what ends the process."""
        try:
            policy = self._policy(source.path)
            answers = answers_for(self._options, policy.settings)
            outcome = with_edits(judged_as_found(source.path, source, _too_large(source), policy, answers))
        except Refused as error:
            cause = error.__cause__
            faults = cause.faults if isinstance(cause, BadConfiguration) else ()
            return Verdict(faults=faults, problem="" if faults else str(error))
        except Unreadable as error:
            return Verdict(problem=f"cannot read {error.path}: {error.reason}")
        except (Exception, RecursionError, MemoryError) as error:  # a text that is half typed may be anything
            return Verdict(problem=f"a fault in mailzone itself, please report it: {type(error).__name__}: {error}")
        return Verdict(
            outcome.findings[:_MOST_FINDINGS], len(outcome.findings), (), _problem(outcome), len(outcome.suppressed)
        )

    def facts(self, source: Source) -> Iterator[Facts]:
        """The facts of the zones of a text. Raises Refused, Unreadable."""
        policy = self._policy(source.path)
        answers = answers_for(self._options, policy.settings)
        yield from facts_in(source.path, source, _too_large(source), policy, answers)

    def _policy(self, path: str) -> Policy:
        self._options.today = self._day()
        return policy_for(self._options, os.path.dirname(path))


def with_edits(outcome: Outcome) -> Outcome:
    """What was found, with its fixes as edits of the files."""
    return with_patches(outcome) if any(finding.fix is not None for finding in outcome.findings) else outcome


def _too_large(source: Source) -> SourceFault | None:
    if len(source.text) <= MAX_OCTETS:
        return None
    message = f"larger than {MAX_OCTETS // 1024 // 1024} MiB"
    return SourceFault(Span(source, 0, 0), "yaml-limits", message, "split the zone into several files")


def _problem(outcome: Outcome) -> str:
    """The first thing that could not be done."""
    told = [f"cannot read {path}: {reason}" for path, reason in outcome.problems]
    told += [f"{each.what} failed: {each.reason}" for each in outcome.crashes]
    return told[0] if told else ""
