"""A text to the file that a curator completes (`article`): filled in where certain, else empty with what it may be."""
