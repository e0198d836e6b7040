"""`ecograph network bridges`: who joins two areas, helices or municipalities, and how sure that is."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import click

from ecograph.cli.network_output import Asked, NetworkAnswer, Shown, coverage_of, network_options
from ecograph.errors import QueryError
from ecograph.insight import methods
from ecograph.insight.bridge_answer import BridgeAnswer, BridgeProfile
from ecograph.insight.gaps_matrix import members_of
from ecograph.insight.groups import KINDS, By, Groups, group_labels, groups_of, resolve_group
from ecograph.insight.messages import NOTHING, NOUNS
from ecograph.insight.naming import read_names
from ecograph.insight.profile import profile_pairs
from ecograph.insight.resampling import DRAWS, MISSING, SEED
from ecograph.network.incidence import TwoMode

_COLUMNS = (
    Shown("rank", "Plats", "Rank"),
    Shown("rank_low", "Plats, lägst", "Rank, low", on_screen=False),
    Shown("rank_high", "Plats, högst", "Rank, high", on_screen=False),
    Shown("interval", "95 %", "95 %"),
    Shown("top_five", "Bland fem", "In top five"),
    Shown("actor_id", "Aktörens id", "Actor id", on_screen=False),
    Shown("actor", "Aktör", "Actor"),
    Shown("in_region", "I regionen", "In region"),
    Shown("bridging", "Förmedling", "Bridging"),
    Shown("share", "Del av paren", "Share of the pairs", on_screen=False),
    Shown("cut_off", "Utan den: avskurna par", "Without it: pairs cut off"),
    Shown("further", "längre ifrån", "further apart"),
    Shown("reach_before", "Par som nås", "Pairs reached", on_screen=False),
    Shown("reach_after", "Par som nås utan den", "Pairs reached without it", on_screen=False),
    Shown("projects_first", "Projekt: första", "Projects: first"),
    Shown("projects_second", "andra", "second"),
    Shown("projects_both", "båda", "both"),
    Shown("partners_first", "Parter bara i den första", "Partners only in the first", on_screen=False),
    Shown("partners_second", "Parter bara i den andra", "Partners only in the second", on_screen=False),
    *(
        Shown(f"top_five_missing_{share * 100:.0f}", f"Bland de fem, {share:.0%} saknas",
              f"In the top five, {share:.0%} missing", on_screen=False)
        for share in MISSING
    ),
    *(
        Shown(f"z_{role}", sv, en, on_screen=False)
        for role, sv, en in (
            ("coordinator", "z samordnare", "z coordinator"),
            ("itinerant", "z resande mäklare", "z itinerant broker"),
            ("gatekeeper", "z grindvakt", "z gatekeeper"),
            ("representative", "z företrädare", "z representative"),
            ("liaison", "z sambandsperson", "z liaison"),
        )
    ),
    Shown("through_projects", "Genom projekten", "Through the projects", on_screen=False),
    Shown("through_partners", "Genom parterna", "Through the partners", on_screen=False),
)  # fmt: skip
_PAIR = (Shown("first", "Mellan", "Between"), Shown("second", "och", "and"))
_OVERVIEW = 3


@click.command("bridges")
@click.option("--between", nargs=2, metavar="A B", help="Two areas, helices or municipalities.")
@click.option(
    "--by",
    type=click.Choice(KINDS),
    default="area",
    show_default=True,
    help="What is bridged.",
)
@click.option("--actor", "name", help="Only this actor, on every pair.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Ranked actors to show.")
@click.option(
    "--draws", type=click.IntRange(0), default=DRAWS, show_default=True, help="Resamples; 0 for none."
)
@click.option("--seed", type=int, default=SEED, show_default=True, help="Seed of the resamples.")
@network_options
def bridges(
    asked: Asked, between: tuple[str, str] | None, by: By, name: str | None, top: int, draws: int, seed: int
) -> None:
    """Which actors join two areas, helices or municipalities, and how sure their rank is.

    Without --between: the first three of every pair. Every question has its own ranking.

    \b
    Examples:
      ecograph network bridges -C data --between forest-bioeconomy digitalisation
      ecograph network bridges -C data --by helix --between academia industry -o csv
      ecograph network bridges -C data --actor Mittuniversitetet
    """
    network = asked.county()
    groups = _groups(asked, network, by, between)
    labels = group_labels(asked.graph, asked.base, network, groups)
    title = _title(by, between)
    if between and not network.participations.is_empty():
        first, second = (resolve_group(groups, labels, text) for text in between)
        if first == second:
            raise QueryError(
                f"A bridge needs two different sides; both are {labels[first][1]}.",
                remedy="Name another one of: " + ", ".join(english for _, english in labels.values()) + ".",
            )
        pairs = [(first, second)]
        title = (f"Brobyggare mellan {labels[first][0]} och {labels[second][0]}",
                 f"Actors that bridge {labels[first][1]} and {labels[second][1]}")  # fmt: skip
    else:
        pairs = list(combinations(groups.names, 2)) if network.actor_ids else []
    one = None
    if name is not None and network.actor_ids:
        one = read_names(asked.graph, asked.base, "actor").resolve(name, within=network.actor_ids)
        title = tuple(f"{text}: {_name(network, one, side)}" for side, text in enumerate(title))  # type: ignore[assignment]
    answers = profile_pairs(network, groups, pairs, draws=draws, seed=seed) if pairs else []
    whole = bool(between) or one is not None
    rows = [
        _row(profile, answer, network, labels, asked.lang)
        for answer in answers
        for profile in _chosen(answer, one, top if whole else _OVERVIEW)
    ]
    made = max((answer.draws for answer in answers), default=0)
    asked.emit(
        NetworkAnswer(
            question="bridges",
            title=title,
            method=tuple(text.format(draws=made, seed=seed) for text in methods.BRIDGES),  # type: ignore[arg-type]
            columns=_COLUMNS if between else (*_PAIR, *_COLUMNS),
            rows=rows,
            parameters=asked.parameters(
                by=by, between=list(pairs[0]) if between and pairs else None, actor=one, draws=made,
                seed=seed, top=top, missing=list(MISSING),
            ),
            coverage=coverage_of(network),
            message=_message(answers, rows, by=by, single=bool(between), actor=one is not None),
            caveats=(methods.KNOWN, *_stability(answers if between else [])),
        )
    )  # fmt: skip


def _groups(asked: Asked, network: TwoMode, by: By, between: tuple[str, str] | None) -> Groups:
    """Return all groups when two are named, else those of the region."""
    if between:
        return groups_of(network, by)
    return members_of(asked.graph, network, by, base=asked.base, region=asked.workspace.region)


def _title(by: By, between: tuple[str, str] | None) -> tuple[str, str]:
    (_, plural_sv), (_, plural_en) = NOUNS[by]
    return f"Brobyggare mellan {plural_sv}", f"Actors that bridge {plural_en}"


def _name(network: TwoMode, actor: str, side: int) -> str:
    label = ("label_sv", "label_en")[side]
    names: dict[str, str] = dict(network.actors.select("actor", label).iter_rows())
    return names.get(actor, actor)


def _chosen(answer: BridgeAnswer, actor: str | None, top: int) -> list[BridgeProfile]:
    if actor is not None:
        return [profile for profile in answer.profiles if profile.actor == actor]
    return [profile for profile in answer.profiles if profile.rank is None or profile.rank <= top][:top]


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


def _message(
    answers: list[BridgeAnswer], rows: list[dict[str, Any]], *, by: By, single: bool, actor: bool
) -> tuple[str, str]:
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


def _stability(answers: list[BridgeAnswer]) -> list[tuple[str, str]]:
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
