"""One address of every type of page of the explorer, for pictures and for measuring; ids are of data/."""

from __future__ import annotations

ACTOR = "actor/se-2021004524"
PAIR = "a=area/forest-bioeconomy&b=area/digitalisation"

PAGE_TYPES = {
    "start": "",
    "actors": "actors",
    "actors-of-the-country": "actors?scope=country&sort=name",
    "actor": ACTOR,
    "projects": "projects",
    "projects-chosen": "projects?scope=all&status=finished&status=ongoing&from=2015&sort=name&col=sources",
    "project": "project/projektbanken-20201010",
    "areas": "areas",
    "area": "area/forest-bioeconomy",
    "bridges": f"bridges?{PAIR}",
    "cross-fertilisation": "cross-fertilisation",
    "pair": "cross-fertilisation/digitalisation/forest-bioeconomy",
    "gaps": "gaps",
    "network": "network",
    "network-chosen": f"network?actor={ACTOR}&colour=community&start={ACTOR}&goal=actor/sca&pick={ACTOR}",
    "what-if": "what-if",
    "what-if-answered": f"what-if?remove={ACTOR}",
    "map": "map",
    "map-of-ties": "map?figure=ties",
    "place": "place/2281",
    "follow-up": "follow-up",
    "compare": "compare",
    "compare-areas": "compare?kind=area&area=area/digitalisation&area=area/forest-bioeconomy",
    "questions": "questions",
    "question": "questions/money-by-area-and-year",
    "question-matrix": "questions/area-pairs-by-joint-projects",
    "search": "search?q=mittuniv",
    "search-misspelt": "search?q=mitunivrsitetet",
    "reports": "reports",
    "brief": "brief?about=area/forest-bioeconomy",
    "brief-of-an-actor": f"brief?about={ACTOR}",
    "brief-of-a-place": "brief?about=place/2281",
    "board-brief": "reports/board",
    "call-brief": f"reports/call?{PAIR}",
    "good-governance": "reports/good-governance",
    "changes": "changes",
    "quality": "quality",
    "file-check": "file-check",
    "sparql": "sparql",
    "data": "data",
    "model": "model",
    "term": "vocabulary/role/coordinator",
    "about": "about",
    "accessibility": "accessibility",
    "site-map": "site-map",
}
"""Name of a picture: address without the language."""

DATA = {
    "data of the network": "network/data.json",
    "data of the network, all": "network/data.json?reach=all",
    "picture of the network": "network/picture.svg",
    "suggestions": "search/suggest?q=mitth",
    "suggestions, misspelt": "search/suggest?q=mitunivrsitetet",
    "terms of the editor": "sparql/terms.json",
}
"""What the scripts of pages ask for while a reader looks on."""
