"""Datelines of English news: the place and the agency before a story are neither names nor sources.

>>> blanked("GOTHENBURG, Sweden (AP) — The ferry operator will cut sailings.").lstrip()
'The ferry operator will cut sailings.'
>>> blanked("Beijing, March 5 (Xinhua) -- Sales rose.").lstrip(), blanked("UNCTAD – the UN body – spoke.")[:6]
('Sales rose.', 'UNCTAD')
"""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?:, \d{4})?"
_CAPITALS = r"[A-Z][A-Z'’.-]{2,20}(?:[ /][A-Z][A-Z'’.-]{1,20}){0,3}"
_PLACE = r"[A-Z][\w'’.-]{1,20}(?:[ /][A-Z][\w'’.-]{1,20}){0,3}"
_REGION = r"(?:, [A-Z][\w.-]{1,20}(?: [A-Z][\w.-]{1,20}){0,2})?"
_DASH = r" ?(?:—|–|--|-) +(?=[\"“‘A-Z\d])"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}{_REGION}(?:, {_MONTH})?(?: \([A-Z][\w. /]{{1,24}}\))?"
    rf"|{_PLACE}{_REGION}(?:, {_MONTH})? \([A-Z][\w. /]{{1,24}}\)|{_PLACE}, {_MONTH}){_DASH}"
)


def blanked(text: str) -> str:
    """A story's first sentence with spaces for its dateline, so that places in the text stay where they are."""
    match = _DATELINE.match(text)
    return text if match is None else " " * match.end() + text[match.end() :]
