"""The first room: an article's bytes to text, its sentences, and every number in it. It knows no YAML."""
