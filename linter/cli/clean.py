"""`mailzone clean`: delete what earlier runs have left in the cache."""

import os
import sys

from linter.report.shown import shown_path
from linter.source.file import reason_of

from .cache import cache_folder, kept_files
from .streams import say


def clean(options: object) -> int:
    """Delete every kept run, and nothing else that lies there; 2 where one cannot be deleted."""
    folder = cache_folder(os.environ, sys.platform)
    count = 0
    try:
        for path, _ in list(kept_files(folder)) if folder else ():
            os.unlink(path)
            count += 1
    except FileNotFoundError:  # nothing was ever kept, or another run has just let go of it
        pass
    except (OSError, ValueError) as error:
        say(f"cannot empty {shown_path(folder)}: {reason_of(error)}")
        return 2
    say(f"{count:,} kept run{'' if count == 1 else 's'} deleted from {shown_path(folder)}")
    return 0
