"""The third room: the table of all figures, what may be compared, filters, citations and exports."""
