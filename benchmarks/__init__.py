"""What mailzone costs: workloads made from numbers, peers from the package index, and one measure for all of them."""
