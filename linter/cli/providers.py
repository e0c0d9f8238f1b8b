"""`mailzone providers`: the vendors that are known, and what one of them needs."""

import argparse
import os
import sys
from contextlib import suppress

from linter.providers.catalogue import catalogue
from linter.providers.in_force import use
from linter.records.text.fault import nearest, quoted
from linter.report.provider_pages import list_json, list_text, page_json, page_text
from linter.report.shown import shown
from linter.run.policy import policy_for
from linter.run.refused import Refused

from .faults import refused
from .streams import columns_of, say, write_lines


def providers(options: argparse.Namespace) -> int:
    """Run `mailzone providers`; the exit status, 2 for a name that is not a vendor's or a faulty configuration."""
    try:
        with suppress(FileNotFoundError):  # the working folder has been deleted
            use(policy_for(options, "").settings.providers)
    except Refused as error:
        return refused(error)
    known = catalogue()
    if not options.name:
        every = sorted(known.providers.values(), key=lambda each: each.key)
        write_lines([list_json(every)] if options.format == "json" else list_text(every), sys.stdout)
        return 0
    word = " ".join(options.name)
    found = known.called(word)
    if found is None:
        near = nearest(word.lower(), known.names())
        meant = f"did you mean {quoted(near)}?" if near else "`mailzone providers` lists them"
        say(shown(f"no provider is called {quoted(word, 80)}; {meant}"))
        return 2
    is_json = options.format == "json"
    write_lines([page_json(found)] if is_json else page_text(found, columns_of(sys.stdout, os.environ)), sys.stdout)
    return 0
