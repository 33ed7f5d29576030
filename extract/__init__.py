"""From an article's text to a verified table of the figures it reports."""
