"""Do messages survive connections that are cut and servers that are killed? `python -m tests.bench.delivery`."""
