"""A dask cluster of two worker processes on this machine, for as long as standard input is open; prints its address."""

import sys

import dask
from distributed import LocalCluster

if __name__ == "__main__":
    # The second loss of one load is its last: a worker takes a second to come back.
    dask.config.set({"distributed.scheduler.allowed-failures": 1})
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=sys.argv[1],
        silence_logs=True,
    ) as cluster:
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()
