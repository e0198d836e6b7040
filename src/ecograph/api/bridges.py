"""Who joins two areas, helices or municipalities, and how sure that is."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ecograph.api.answer import Answer, Column, Text
from ecograph.api.opened import Opened, Window
from ecograph.errors import QueryError
from ecograph.insight import methods
from ecograph.insight.bridge_answer import BridgeAnswer, BridgeProfile
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.gaps_matrix import members_of
from ecograph.insight.groups import By, Groups, group_labels, groups_of, resolve_group
from ecograph.insight.messages import NOTHING, NOUNS
from ecograph.insight.profile import profile_pairs
from ecograph.insight.resampling import DRAWS, MISSING, SEED
from ecograph.network.incidence import TwoMode

_COLUMNS = (
    Column("rank", "Plats", "Rank"),
    Column("rank_low", "Plats, lägst", "Rank, low", on_screen=False),
    Column("rank_high", "Plats, högst", "Rank, high", on_screen=False),
    Column("interval", "Plats, 95 %", "Rank, 95 %"),
    Column("top_five", "Bland de fem", "In top five", share=True),
    Column("actor_id", "Aktörens id", "Actor id", on_screen=False),
    Column("actor", "Aktör", "Actor"),
    Column("in_region", "I regionen", "In region"),
    Column("bridging", "Förmedling", "Bridging"),
    Column("share", "Del av paren", "Share of the pairs", on_screen=False, share=True),
    Column("cut_off", "Utan den: par avskurna", "Without it: pairs cut off"),
    Column("further", "längre ifrån", "further apart"),
    Column("reach_before", "Par som nås", "Pairs reached", on_screen=False),
    Column("reach_after", "Par som nås utan den", "Pairs reached without it", on_screen=False),
    Column("projects_first", "Projekt i den första", "Projects in the first"),
    Column("projects_second", "i den andra", "in the second"),
    Column("projects_both", "i båda", "in both"),
    Column("partners_first", "Parter bara i den första", "Partners only in the first", on_screen=False),
    Column("partners_second", "Parter bara i den andra", "Partners only in the second", on_screen=False),
    *(
        Column(f"top_five_missing_{share * 100:.0f}", f"Bland de fem, {share:.0%} saknas",
              f"In the top five, {share:.0%} missing", on_screen=False)
        for share in MISSING
    ),
    *(
        Column(f"z_{role}", sv, en, on_screen=False)
        for role, sv, en in (
            ("coordinator", "z samordnare", "z coordinator"),
            ("itinerant", "z resande mäklare", "z itinerant broker"),
            ("gatekeeper", "z grindvakt", "z gatekeeper"),
            ("representative", "z företrädare", "z representative"),
            ("liaison", "z sambandsperson", "z liaison"),
        )
    ),
    Column("through_projects", "Genom projekten", "Through the projects", on_screen=False),
    Column("through_partners", "Genom parterna", "Through the partners", on_screen=False),
)  # fmt: skip
_PAIR = (Column("first", "Mellan", "Between"), Column("second", "och", "and"))
_OVERVIEW = 3


def bridges(
    opened: Opened,
    *,
    between: tuple[str, str] | None = None,
    by: By = "area",
    actor: str | None = None,
    top: int | None = 20,
    draws: int = DRAWS,
    seed: int = SEED,
    window: Window | None = None,
) -> Answer:
    """Answer which actors join two areas, helices or municipalities (see `insight.profile`).

    between: two groups by id, the last part of it, or label; without them the first three of every pair.
    actor: only this one, on every pair. top: how many ranked actors of a pair, all when None. draws, seed: of
    the resamples; 0 for none. Cost: some three seconds for all pairs of areas of a county with 500 draws,
    half a second without.

    Raises
    ------
    QueryError: when a group or an actor is not known, or both sides are the same.
    """
    network = opened.county(window)
    groups = _groups(opened, network, by, between)
    labels = group_labels(opened.graph, opened.base, network, groups)
    title = _title(by)
    pairs = list(combinations(groups.names, 2)) if network.actor_ids else []
    if between and network.actor_ids:
        first, second = (resolve_group(groups, labels, text) for text in between)
        if first == second:
            raise QueryError(
                f"A bridge needs two different sides; both are {labels[first][1]}.",
                remedy="Name another one of: " + ", ".join(english for _, english in labels.values()) + ".",
            )
        pairs = [(first, second)]
        title = (f"Brobyggare mellan {labels[first][0]} och {labels[second][0]}",
                 f"Actors that bridge {labels[first][1]} and {labels[second][1]}")  # fmt: skip
    one = None
    if actor is not None and network.actor_ids:
        one = opened.actor_names.resolve(actor, within=network.actor_ids)
        title = f"{title[0]}: {_name(network, one, 0)}", f"{title[1]}: {_name(network, one, 1)}"
    answers = profile_pairs(network, groups, pairs, draws=draws, seed=seed) if pairs else []
    whole = bool(between) or one is not None
    rows = [
        _row(profile, answer, network, labels, opened.lang)
        for answer in answers
        for profile in _chosen(answer, one, top if whole else min(top or _OVERVIEW, _OVERVIEW))
    ]
    made = max((answer.draws for answer in answers), default=0)
    method = tuple(text.format(draws=made, seed=seed) for text in methods.BRIDGES)
    return Answer(
        question="bridges",
        title=title,
        method=(method[0], method[1]),
        columns=_COLUMNS if between else (*_PAIR, *_COLUMNS),
        rows=rows,
        parameters=opened.parameters(
            window, by=by, between=list(pairs[0]) if between and pairs else None, actor=one, draws=made,
            seed=seed, top=top, missing=list(MISSING),
        ),
        coverage=measure_coverage(network),
        message=_message(answers, rows, single=bool(between), actor=one is not None),
        caveats=(methods.KNOWN, *_stability(answers if between else [])),
        lang=opened.lang,
        headings=() if between else ("first", "second"),
        found=answers,
    )  # fmt: skip


def _groups(opened: Opened, network: TwoMode, by: By, between: tuple[str, str] | None) -> Groups:
    """Return all groups when two are named, else those of the region."""
    if between:
        return groups_of(network, by)
    return members_of(opened.graph, network, by, base=opened.base, region=opened.region)


def _title(by: By) -> Text:
    (_, plural_sv), (_, plural_en) = NOUNS[by]
    return f"Brobyggare mellan {plural_sv}", f"Actors that bridge {plural_en}"


def _name(network: TwoMode, actor: str, side: int) -> str:
    label = ("label_sv", "label_en")[side]
    names: dict[str, str] = dict(network.actors.select("actor", label).iter_rows())
    return names.get(actor, actor)


def _chosen(answer: BridgeAnswer, actor: str | None, top: int | None) -> list[BridgeProfile]:
    if actor is not None:
        return [profile for profile in answer.profiles if profile.actor == actor]
    return list(answer.profiles[:top])


def _row(
    profile: BridgeProfile,
    answer: BridgeAnswer,
    network: TwoMode,
    labels: dict[str, tuple[str, str]],
    lang: str,
) -> dict[str, Any]:
    side = 0 if lang == "sv" else 1
    titles = dict(network.projects.select("project", f"label_{lang}").iter_rows())
    names = dict(network.actors.select("actor", f"label_{lang}").iter_rows())
    low, high = profile.rank_low, profile.rank_high
    through = profile.projects_both or profile.projects_first + profile.projects_second
    return {
        "first": labels[answer.pair[0]][side],
        "second": labels[answer.pair[1]][side],
        "rank": profile.rank,
        "rank_low": low,
        "rank_high": high,
        "interval": None if low is None else f"{low}–{high}",
        "top_five": profile.top,
        "actor_id": profile.actor,
        "actor": profile.label_sv if lang == "sv" else profile.label_en,
        "in_region": profile.in_region,
        "bridging": profile.bridging,
        "share": profile.share,
        "cut_off": profile.loss.cut_off,
        "further": profile.loss.further,
        "reach_before": profile.loss.reached_before,
        "reach_after": profile.loss.reached_after,
        "projects_first": len(profile.projects_first),
        "projects_second": len(profile.projects_second),
        "projects_both": len(profile.projects_both),
        "partners_first": len(profile.partners_first),
        "partners_second": len(profile.partners_second),
        **{
            f"top_five_missing_{share * 100:.0f}": value
            for share, value in zip(MISSING, profile.top_missing, strict=False)
        },
        **{f"z_{role.name}": role.z for role in profile.roles},
        "through_projects": [titles[project] for project in dict.fromkeys(through)],
        "through_partners": [names[partner] for partner in profile.partners_first + profile.partners_second],
    }


def _message(answers: list[BridgeAnswer], rows: list[dict[str, Any]], *, single: bool, actor: bool) -> Text:
    if single and answers and answers[0].message[0]:
        return answers[0].message
    if rows:
        return "", ""
    if actor and answers:
        return (
            "Aktören står inte på någon kortaste väg mellan grupperna, i de projekt vi känner till.",
            "The actor stands on no shortest path between the groups, in the projects that we know of.",
        )
    if not answers:
        return NOTHING
    told = [answer.message for answer in answers if answer.message[0]]
    return told[0] if told else NOTHING


def _stability(answers: list[BridgeAnswer]) -> list[Text]:
    """Return a sentence on how the ranking holds where participations are missing."""
    kept = [
        (one.share, one.top_kept)
        for answer in answers
        for one in answer.stability
        if one.top_kept is not None
    ]
    if not kept:
        return []
    listed_sv = ", ".join(f"{share:.0%}: {value:.0%}".replace("%", " %") for share, value in kept)
    listed_en = ", ".join(f"{share:.0%}: {value:.0%}" for share, value in kept)
    return [
        (
            "Så stor del av de fem främsta är kvar bland dem när en del av projektdeltagandena saknas – "
            f"{listed_sv}.",
            "This share of the top five stays among them when a part of the participations is missing – "
            f"{listed_en}.",
        )
    ]
