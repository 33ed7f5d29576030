"""The second room: curated YAML to typed records, checked against the articles' texts."""
