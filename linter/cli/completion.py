"""`mailzone completion`: the script by which a shell completes commands, options and names of rules."""

import sys

from linter.rules.known import families, names
from linter.source.typed import Protocol

from .streams import say, write_lines


class CompletionOptions(Protocol):
    """For which shell."""

    shell: str


def completion(options: CompletionOptions) -> int:
    """Print the script; 2 where the library that writes it is not installed."""
    try:
        import shtab  # an extra: nothing else needs it
    except ImportError:
        say("completion needs the package shtab: `pip install 'mailzone[completion]'`")
        return 2
    from .arguments import whole_parser

    parser = whole_parser()
    known = sorted({*names(), *families()})
    for command in parser.of_commands.values():
        for action in command._actions:
            if action.dest in ("select", "ignore", "words"):
                action.choices, action.type = known, None
            elif action.dest in ("paths", "answers", "config", "plan", "write", "baseline"):
                action.complete = shtab.FILE  # type: ignore[attr-defined]  # how the library is told
    write_lines(shtab.complete(parser, options.shell).splitlines(), sys.stdout)
    return 0
