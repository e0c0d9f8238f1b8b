"""The fixture that checks a zone of a few lines under all rules, for the records of the suites."""

from tests.rules.conftest import check_zone

__all__ = ["check_zone"]
