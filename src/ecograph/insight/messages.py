"""What is said when a question about two groups has no ranking, or one that says less than it seems."""

from __future__ import annotations

from collections.abc import Sequence

from ecograph.insight.groups import By

NOUNS: dict[By, tuple[tuple[str, str], tuple[str, str]]] = {
    "area": (("området", "områdena"), ("area", "areas")),
    "helix": (("aktörsgruppen", "aktörsgrupperna"), ("helix", "helices")),
    "municipality": (("kommunen", "kommunerna"), ("municipality", "municipalities")),
}
"""Singular and plural of what a question is about, in Swedish (definite) and English."""

NOTHING = (
    "Inga räknade projekt med samverkande aktörer i urvalet; det finns inget att överbrygga.",
    "No counted projects with collaborating actors in the selection; there is nothing to bridge.",
)


def pair_message(
    by: By,
    *,
    sides: tuple[int, int],
    members: tuple[int, int],
    actors: int,
    direct: int,
    reached: int,
    values: Sequence[float],
) -> tuple[str, str]:
    """Return what there is to say of a pair of groups, in Swedish and English; empty when there is a ranking.

    sides: actors in only the first and only the second. members: actors in each. actors: in the network.
    direct: pairs of the sides that share a project. reached: pairs that some path joins. values: the ranked
    values, best first.
    """
    if actors == 0:
        return NOTHING
    if actors == 1:
        return (
            "Urvalet har en enda aktör; den kan inte förena några andra.",
            "The selection has a single actor; it cannot join any others.",
        )
    (_, plural_sv), (_, plural_en) = NOUNS[by]
    if 0 in members:
        count = "Ingen av" if members == (0, 0) else "En av"
        count_en = "Neither of" if members == (0, 0) else "One of"
        return (
            f"{count} {plural_sv} har någon samverkande aktör i de projekt vi känner till i urvalet; det finns "
            "ingen väg att överbrygga."
            if members == (0, 0)
            else f"{count} {plural_sv} har ingen samverkande aktör i de projekt vi känner till i urvalet; det "
            "finns ingen väg att överbrygga.",
            f"{count_en} the {plural_en} has "
            f"{'any' if members == (0, 0) else 'no'} collaborating actor in the projects that we know of in the "
            "selection; there is no path to bridge.",
        )
    if 0 in sides:
        return (
            f"Alla aktörer i den ena av {plural_sv} finns också i den andra; de möts redan, och ingen behöver "
            "överbrygga.",
            f"All actors of one of the {plural_en} are in the other as well; they meet already, and nobody has "
            "to bridge.",
        )
    if reached == 0:
        return (
            f"Inga samarbeten förenar {plural_sv}, inte ens genom andra aktörer, i de projekt vi känner till. "
            "Här finns ingen brobyggare att visa.",
            f"No collaborations join the {plural_en}, not even through other actors, in the projects that we "
            "know of. There is no bridging actor to show.",
        )
    if reached == direct:
        return (
            "Alla par av aktörer som hänger ihop samarbetar direkt; ingen står emellan.",
            "All pairs of actors that are joined collaborate directly; nobody stands between.",
        )
    if not values:
        return (
            "De aktörer som står emellan är inte svenska, och utländska aktörer rangordnas inte: deras band är "
            "avskurna av urvalet.",
            "The actors that stand between are not domestic, and foreign actors are not ranked: their ties are "
            "cut by the selection.",
        )
    if len(values) > 1 and max(values) - min(values) <= 1e-9 * max(values):
        return (
            f"Alla {len(values)} brobyggare har samma värde; måttet skiljer dem inte åt.",
            f"All {len(values)} bridging actors have the same value; the measure does not tell them apart.",
        )
    return "", ""
