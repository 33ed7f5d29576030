"""Show one chart, so that the browser draws it: its spec stands in the file that BENCH_SPEC names."""

import json
import os
from pathlib import Path

import streamlit as st

st.vega_lite_chart(json.loads(Path(os.environ["BENCH_SPEC"]).read_text(encoding="utf-8")), theme=None)
