"""rdflib-endpoint on the same disk store, for uvicorn: ``uvicorn peer:app`` with STORE in the environment."""

from __future__ import annotations

import os

from oxrdflib import OxigraphStore
from pyoxigraph import Store
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint

app = SparqlEndpoint(
    graph=Dataset(store=OxigraphStore(store=Store.read_only(os.environ["STORE"])), default_union=True),
    path="/",
)
