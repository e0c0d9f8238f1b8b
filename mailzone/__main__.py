"""`python -m mailzone`: the command itself."""

from linter.cli.main import entry

if __name__ == "__main__":
    entry()
