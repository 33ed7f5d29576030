"""Tests, and the measures under load and in benchmarks."""
