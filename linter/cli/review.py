"""`mailzone review`: two revisions to what the change between them means for mail, in one of several forms."""

import argparse
import os
import sys
from collections.abc import Iterable

from linter.report.shown import shown
from linter.review.model import Review
from linter.review.reviewed import exit_status
from linter.run.refused import Refused
from linter.run.reviewing import review_of
from linter.source.file import Unreadable

from .faults import refused, say_crashes
from .outputs import Output, outputs, write_report
from .review_arguments import FORMATS
from .streams import columns_of, say


def review(options: argparse.Namespace) -> int:
    """Run the command; the exit status, as its help says."""
    try:
        wanted = outputs(options.format, FORMATS)
        with review_of(options) as done:
            is_done = not (done.crashes or done.unread)
            status = exit_status(done.review, options.fail_on or done.fail_on or "error") if is_done else 2
            say_crashes(done.crashes)
            for path, reason in done.unread:
                say(f"cannot read {shown(path)}: {shown(reason)}")
            unwritten = [out for out in wanted if not write_report(_lines(done.review, out, status), out)]
    except (Refused, Unreadable) as error:
        return refused(error)
    return 2 if unwritten else status


def _lines(found: Review, output: Output, status: int) -> Iterable[str]:
    """A review in one form; only that one is loaded."""
    if output.name == "json":
        from linter.review.render.as_json import review_json

        return [review_json(found, status)]
    if output.name == "markdown":
        from linter.review.render.as_markdown import review_markdown

        return review_markdown(found)
    columns = columns_of(sys.stdout, os.environ)
    if output.name == "text":
        from linter.review.render.as_text import review_text

        return review_text(found, columns)
    from linter.report.formats import report_lines
    from linter.review.render.as_findings import review_report

    return report_lines(output.name, review_report(found, columns))
