"""Whatever is sent to the endpoint, the answer is an answer: never a fault of ours."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import Service

NAMES = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "format", "timeout", "explain", "x"]
)
WORDS = st.sampled_from(
    ["SELECT", "*", "{", "}", "?s", "?p", "a", "<x>", "ASK", "CONSTRUCT", "WHERE", "FROM", "NAMED", "SERVICE", "#",
     "'", '"', "\\", "\n", "PREFIX", ":", "eco:Actor", "1", "FILTER", "(", ")", "\x00", "å", "\U0001f332", "%"]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=12).map(" ".join))
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
TYPES = st.one_of(
    HEADER,
    st.sampled_from(
        [
            "application/sparql-query",
            "application/x-www-form-urlencoded",
            "application/sparql-query; charset=x",
        ]
    ),
)
GENTLE = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


@GENTLE
@given(st.lists(st.tuples(NAMES, TEXT), max_size=4), HEADER, HEADER)
def test_no_get_request_is_a_fault(
    service: Service, pairs: list[tuple[str, str]], accept: str, tag: str
) -> None:
    path = "/sparql?" + "&".join(f"{name}={encoded(value)}" for name, value in pairs)
    reply = service.ask(path, headers={"Accept": accept, "If-None-Match": tag})
    assert reply.status in {200, 304, 400, 403, 406}


@GENTLE
@given(st.one_of(st.binary(max_size=80), TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))), TYPES)
def test_no_post_request_is_a_fault(service: Service, body: bytes, media: str) -> None:
    reply = service.ask("/sparql", "POST", body, {"Content-Type": media})
    assert reply.status in {200, 400, 403, 406, 415}
