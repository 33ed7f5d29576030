"""An archive's texts, however many: every number of each as a record, and which texts are worth a curator's time.

In come files and folders: texts, packed texts, lines of JSON, Parquet tables, standard input (`sources.read_texts`).
Out come records in the order of the texts (`scan.scan_files`), Parquet files that a broken run goes on from
(`parts.Parts`), and a worklist (`triage.rank_texts`). The work is shared by the processes of one machine, or by the
workers of a Dask cluster (`cluster.connect`).
"""
