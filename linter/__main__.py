"""`python -m linter`, the same as the command `mailzone`."""

from linter.source.interrupt import end_by_interrupt

end_by_interrupt()  # before anything else is imported: whoever interrupts that wants no traceback

from linter.cli.main import entry  # noqa: E402

if __name__ == "__main__":
    entry()
