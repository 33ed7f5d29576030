"""The floor: one bar chart and one radio, what Streamlit and the browser cost by themselves."""

import altair as alt
import pandas as pd
import streamlit as st

COLOURS = {"blue": "#0072b2", "orange": "#d55e00"}

name = st.radio("Colour", list(COLOURS))
frame = pd.DataFrame({"province": ["Kon Tum", "Hà Tĩnh", "Khánh Hòa"], "figures": [6, 16, 11]})
st.altair_chart(alt.Chart(frame).mark_bar(color=COLOURS[name]).encode(x="figures:Q", y="province:N"))
