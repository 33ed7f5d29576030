"""The fourth room: views, charts and the page's own files."""
