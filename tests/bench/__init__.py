"""Measurements: `python -m tests.bench` runs them all, each module runs alone, too."""
