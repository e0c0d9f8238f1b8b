"""Run one command, and print as JSON what it and its children have cost; a script that imports next to nothing.

A process counts the memory of the one that started it as its own until it is another program. So whoever measures must
be small.
"""

import json
import os
import sys
import time


def main(output: str, command: list[str]) -> None:
    """Run the command with both its streams into a file; print user and system seconds, wall time, KiB, and status."""
    begin = time.perf_counter()
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    streams = [(os.POSIX_SPAWN_OPEN, 1, output, flags, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=streams)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "kib": used.ru_maxrss, "status": code}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
