"""`mailzone`: from arguments to an exit status."""

import atexit
import gc
import os
import sys

from linter.source.inputs import begin_inputs
from linter.source.interrupt import end_by_interrupt
from linter.source.typed import TYPE_CHECKING, Any, NoReturn, Sequence

from .options import plain_options

if TYPE_CHECKING:
    from .clock import Clock

_COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "check"),
    "compare": ("compare", "compare", "clock"),
    "spf": ("spf", "spf", "clock"),
    "lock": ("lock", "lock", "clock"),
    "plan": ("plan", "plan", "clock"),
    "review": ("review", "review"),
    "senders": ("intent", "senders"),
    "records": ("records", "records"),
    "init": ("init", "init"),
    "providers": ("providers", "providers"),
    "rules": ("reference", "list_rules"),
    "explain": ("reference", "explain"),
    "schema": ("schemas", "print_schema"),
    "completion": ("completion", "completion"),
    "server": ("server", "server"),
    "clean": ("clean", "clean"),
    "test-rules": ("rule_examples", "test_rules"),
}
"""For each command its module and the function in it; "clock" where that takes the clock as well."""


def entry() -> None:
    """The console script. Leaves the process with the exit status."""
    # Everything made here lives until the end, and the collector would walk it again and again:
    # on large files that is two thirds of the time.
    gc.disable()
    end_by_interrupt()
    _open_what_is_closed()
    _leave(run(sys.argv[1:]))


def _leave(status: int) -> NoReturn:
    """End the process. What it holds is not taken apart piece by piece, a seventh of the time that one file takes.

    Where a thread, or a function that is to be called at the end, may still have something to put away, it is.
    """
    if "threading" in sys.modules or atexit._ncallbacks():
        sys.exit(status)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # Python says what is to be said of that
        sys.exit(status)
    os._exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run the command to its end, whatever happens: all that it says is written, and the exit status says the rest."""
    try:
        return _flushed(main(arguments))
    except SystemExit as leaving:  # argparse, after a wrong command line or a help
        return _flushed(leaving.code if isinstance(leaving.code, int) else 2)
    except RecursionError:
        return _crashed("the input is nested too deeply")
    except MemoryError:
        return _crashed("out of memory")
    except Exception as error:  # the last resort: whoever runs this in CI must not read a crash as clean
        status = _ended(error)
        if os.environ.get("MAILZONE_DEBUG"):
            raise
        return status


def _open_what_is_closed() -> None:
    """Open the standard streams that whoever runs this has closed (`>&-`), who wants to see nothing.

    A file that is opened later must not be taken for one of them. Standard input stays closed to who reads it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # open until the end


def _flushed(status: int) -> int:
    """The status, once all that was written has been taken; what argparse writes waits until now."""
    from .streams import Unwritable, is_silenced, write_lines

    try:
        write_lines((), sys.stdout)
    except Unwritable as error:
        return _ended(error)
    # What could not be told may be why: a run that lost its words has not done its work.
    return 2 if is_silenced() else status


def _ended(error: Exception) -> int:
    """Say why the command has ended early: that its output goes nowhere, or a fault of its own."""
    from .streams import Unwritable, say

    if isinstance(error, Unwritable):
        say(f"cannot write standard output: {error.strerror}")
        return 2
    from linter.source.libyaml import NoLibyaml

    if isinstance(error, NoLibyaml):
        say(str(error))
        return 2
    return _crashed(f"{type(error).__name__}: {error}")


def _crashed(reason: str) -> int:
    from .streams import say

    say(f"a fault in mailzone itself, please report it: {reason} (MAILZONE_DEBUG=1 shows where)")
    return 2


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit status. Leaves through SystemExit on a usage error, as argparse does."""
    options: Any = plain_options(arguments)
    if options is None:
        from .arguments import parse_arguments

        options = parse_arguments(arguments)
    from linter.run.plugins import load_plugins
    from linter.run.refused import Refused

    from .clock import clock_of
    from .faults import refused

    begin_inputs()
    try:
        clock = clock_of(options.today, os.environ)
        options.today = clock.day
        if _is_lost(options.command):
            raise Refused("the folder that this is run in has been deleted; run it in another one")
        plugins = load_plugins()
    except Refused as error:
        return refused(error)
    if options.command != "check":
        return _command(options, clock)
    from .cache import may_be_kept, repeated

    def run_it() -> int:
        return _command(options, clock)

    return repeated(run_it, arguments, options.today, plugins) if may_be_kept(options) else run_it()


def _command(options: Any, clock: "Clock") -> int:
    """The command itself, of which nothing else is loaded."""
    module, function, *given = _COMMANDS[options.command]
    path = f"linter.cli.{module}"
    __import__(path)  # importlib would do the same, and is one more module
    run_it = getattr(sys.modules[path], function)
    status: int = run_it(options, clock) if given else run_it(options)
    return status


def _is_lost(command: str) -> bool:
    """Whether the working folder has been deleted, where that matters: every relative path is nothing then."""
    try:
        os.getcwd()
    except OSError:
        return command not in ("explain", "schema", "providers")
    return False
