"""A root's bytes to a collection of all that is sound (`root`), with a problem for each thing that is not."""
