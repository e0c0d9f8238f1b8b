"""The benchmark: its workloads, its arithmetic, and what README quotes of it."""
