"""A file's bytes to nodes with their lines, nothing guessed (`strict`), and nodes to what a hand would write."""
