"""Plots of the tables of `wivtext.tables`, in English or Chinese, with Chinese labels that can be read.

    speakers_plot   who was given how much room     tables.speakers
    topics_plot     which terms stand where         tables.topics
    terms_plot      how often terms are mentioned   tables.topics
    findings_plot   what is left to check           tables.findings

Each takes a table and gives a matplotlib `Figure`, which a notebook shows as the value of its cell and
`figure.savefig("plot.png")` stores. Where no font has Chinese characters, a plot in Chinese falls back on Latin letters
with a warning that says what to install. Raises `MissingExtra` where matplotlib is not installed.
"""

from wivtext.plots.canvas import chinese_font
from wivtext.plots.findings import findings_plot
from wivtext.plots.speakers import speakers_plot
from wivtext.plots.topics import terms_plot, topics_plot

__all__ = ["chinese_font", "findings_plot", "speakers_plot", "terms_plot", "topics_plot"]
