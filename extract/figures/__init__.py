"""The third room: the table of all figures, what may be compared, filters, citations and exports.

In comes a checked `Collection`; out come frames, verdicts, texts and the bytes of files. Other rooms use:

- `columns`: `FIGURES` and `TABLES`, which declare every column of every table;
- `table`: `FigureTable`, which finds, orders, groups and compares, `SORTS`, and `format_csv`;
- `filters`: `FILTERS`, `Filters`, `parse_filters` for the addresses of programs, `parse_known_filters` for the page's;
- `compare`: `compare_figures`, `compare_panel`, `format_finding`; its rules stand in `dimensions`;
- `groups`: `FigureGroup`, figures that may share an axis; `ratios`: `Ratio`, `format_ratio`, `compute_remainder`;
- `formats`: numbers, shares and periods as text; `cite`: citations and links;
- `export`: the Data Package; `parquet`, `spreadsheet`, `annotations`: the figures in other forms; `catalog`: what a
  data catalogue lists; `publication`: what is said of the collection in all of them.

`table` and the forms load pandas, and so does whatever imports them; the others do not.
"""
