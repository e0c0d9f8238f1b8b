"""How much a command does, in calls of functions under a profile hook: a number that no busy machine changes.

As a script it runs the command whose arguments it is given, and prints the number of calls behind all that this says.
"""

import cProfile
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import Wrong

_ROOT = Path(__file__).parents[1]


def calls(folder: Path, *words: str) -> int:
    """The calls that the command makes in one process."""
    environment = os.environ | {
        "PYTHONPATH": str(_ROOT),
        "PYTHONHASHSEED": "0",
        "MAILZONE_CACHE_DIR": str(folder / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.counted", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise Wrong(f"{' '.join(words)}:\n{done.stderr[-2000:]}")
    return int(done.stdout.splitlines()[-1])


def main(words: list[str]) -> int:
    """Run the command under the hook, print how much it called, and give its exit status."""
    from linter.cli.main import run

    hook = cProfile.Profile()
    status = hook.runcall(run, words)
    print(sum(entry.callcount for entry in hook.getstats()))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
