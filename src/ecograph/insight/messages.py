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
    both: int,
    values: Sequence[float],
) -> tuple[str, str]:
    """Return what there is to say of a pair of groups, in Swedish and English; empty when there is a ranking.

    sides: actors in only the first and only the second. members: actors in each. actors: in the network.
    direct: pairs of the sides that share a project. reached: pairs that some path joins. both: actors that
    are in both groups. values: the ranked values, best first.
    """
    if actors == 0:
        return NOTHING
    if actors == 1:
        return (
            "Urvalet har en enda aktör; den kan inte förena några andra.",
            "The selection has a single actor; it cannot join any others.",
        )
    (_, plural_sv), (_, plural_en) = NOUNS[by]
    if members == (0, 0):
        return (
            f"Ingen av {plural_sv} har någon samverkande aktör i urvalet, i de projekt vi känner till; det "
            "finns inget att överbrygga.",
            f"Neither of the {plural_en} has a collaborating actor in the selection, in the projects that we "
            "know of; there is nothing to bridge.",
        )
    if 0 in members:
        return (
            f"En av {plural_sv} har ingen samverkande aktör i urvalet, i de projekt vi känner till; det "
            "finns inget att överbrygga.",
            f"One of the {plural_en} has no collaborating actor in the selection, in the projects that we "
            "know of; there is nothing to bridge.",
        )
    if 0 in sides:
        return (
            f"Alla aktörer i den ena av {plural_sv} finns också i den andra; de möts redan, och ingen "
            "behöver överbrygga.",
            f"All actors of one of the {plural_en} are in the other as well; they meet already, and nobody "
            "has to bridge.",
        )
    if reached == 0 and both:
        return (
            f"{both} aktörer finns i båda {plural_sv}, men inga samarbeten förenar dem som bara finns i den "
            "ena med dem som bara finns i den andra, i de projekt vi känner till.",
            f"{both} actors are in both {plural_en}, but no collaborations join those that are only in the "
            "one with those that are only in the other, in the projects that we know of.",
        )
    if reached == 0:
        return (
            f"Inga samarbeten förenar {plural_sv}, inte ens genom andra aktörer, i de projekt vi känner "
            "till. Här finns ingen brobyggare att visa.",
            f"No collaborations join the {plural_en}, not even through other actors, in the projects that "
            "we know of. There is no bridging actor to show.",
        )
    if reached == direct:
        return (
            "Alla par av aktörer som hänger ihop samarbetar direkt; ingen står emellan.",
            "All pairs of actors that are joined collaborate directly; nobody stands between.",
        )
    if not values:
        return (
            "De aktörer som står emellan är inte svenska, och utländska aktörer rangordnas inte: deras band "
            "är avskurna av urvalet.",
            "The actors that stand between are not domestic, and foreign actors are not ranked: their ties "
            "are cut by the selection.",
        )
    if len(values) > 1 and max(values) - min(values) <= 1e-9 * max(values):
        return (
            f"Alla {len(values)} brobyggare har samma värde; måttet skiljer dem inte åt.",
            f"All {len(values)} bridging actors have the same value; the measure does not tell them apart.",
        )
    return "", ""
