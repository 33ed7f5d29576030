"""Measures of the running server under load, on loopback only, bounded in count and time: `make load`."""
