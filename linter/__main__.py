"""`python -m linter`, the same as the command `mailzone`."""

from linter.cli.main import entry

if __name__ == "__main__":
    entry()
