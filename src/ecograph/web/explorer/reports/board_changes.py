"""What changed since a date: between the builds that are kept, and in the projects themselves."""

from __future__ import annotations

from datetime import date, timedelta

from flask import g, url_for
from flask_babel import gettext as _

from ecograph.errors import StoreError
from ecograph.insight.holdings import FILE as HOLDINGS
from ecograph.store.builds import Build
from ecograph.web.explorer.asking import ask, build, region, site
from ecograph.web.explorer.changes import compared
from ecograph.web.explorer.language import number
from ecograph.web.explorer.reports.cells import text, thing
from ecograph.web.explorer.reports.paper import Paper, data_date

_NAMED = 6
_PROJECTS = 15


def chosen_date(given: str) -> str:
    """Return the date asked for; a year before the data's date when none or no date is given."""
    try:
        return date.fromisoformat(given.strip()[:10]).isoformat()
    except ValueError:
        return (_today() - timedelta(days=365)).isoformat()


def _today() -> date:
    """Return the date of the data, which may be a year or a month alone."""
    try:
        return date.fromisoformat((data_date() + "-01-01")[:10])
    except ValueError:
        return date.fromisoformat(str(build().manifest.get("finished", "2000-01-01"))[:10])


def kept_builds() -> list[tuple[str, str]]:
    """Return the builds that are kept as (id, date finished), the newest first."""
    return [(each.id, _finished(each)) for each in site().builds.all()]


def _finished(each: Build) -> str:
    return str(each.manifest.get("finished", ""))[:10]


def build_before(since: str) -> Build | None:
    """Return the newest kept build finished on or before a date, else the oldest; never the one served.

    Builds that cannot be compared quickly are passed by.
    """
    others = [each for each in site().builds.all() if each.id != build().id and _is_quick(each)]
    # Builds are compared by the moment they finished, so that several of one day keep their order.
    others.sort(key=lambda each: str(each.manifest.get("finished", "")))
    older = [each for each in others if _finished(each) <= since]
    return older[-1] if older else others[0] if others else None


def _is_quick(each: Build) -> bool:
    """Say whether a build carries the list of what it holds; without it a comparison takes seconds."""
    return (each.path / HOLDINGS).is_file()


def changes_since(paper: Paper, since: str) -> None:
    """Add the section of what changed since a date."""
    paper.heading(_("What changed since %(date)s", date=since), "changes")
    _between_builds(paper, since)
    _projects(paper, since)


def _between_builds(paper: Paper, since: str) -> None:
    earlier = build_before(since)
    if earlier is None or not _is_quick(build()):
        paper.say(_("No other build of the data that is kept can be compared."))
        return
    try:
        found = compared(earlier, build())
    except StoreError:
        paper.say(_("The earlier build of the data cannot be read, so that nothing can be compared."))
        return
    if _finished(earlier) > since:
        paper.say(
            _(
                "No build of the data from before %(date)s is kept; the oldest, of %(finished)s, is "
                "compared.",
                date=since,
                finished=_finished(earlier),
            ),
            kind="caveat",
        )
    address = f"{url_for('explorer.changes')}?from={earlier.id}&to={build().id}"
    page = paper.refer_to(_("What changed between two builds of the data"), address)
    name = "label_sv" if g.lang == "sv" else "label_en"
    for table, kind in (("organisations", _("Actors")), ("projects", _("Projects"))):
        named = found.of("entered", table)[name].drop_nulls().to_list()
        which = f" ({'; '.join(named[:_NAMED])}{' …' if len(named) > _NAMED else ''})" if named else ""
        paper.say(
            _(
                "%(kind)s in build %(later)s compared with %(earlier)s (%(finished)s): %(entered)s "
                "new%(which)s, "
                "%(left)s gone, %(changed)s changed. That is what changed in the data, not necessarily in "
                "the region.",
                kind=kind,
                later=build().id,
                earlier=earlier.id,
                finished=_finished(earlier),
                entered=number(found.count("entered", table)),
                left=number(found.count("left", table)),
                changed=number(found.count("changed", table)),
                which=which,
            ),
            page,
        )


def _projects(paper: Paper, since: str) -> None:
    shown = ask("projects-since", place=region(), since=since, until=_today().isoformat())
    began = sum(1 for row in shown.rows if row["began"])
    ended = sum(1 for row in shown.rows if row["ended"])
    paper.say(
        _(
            "According to the sources %(began)s projects began and %(ended)s ended from %(date)s to "
            "%(today)s, the date "
            "of the data. Undated projects cannot be counted.",
            began=number(began),
            ended=number(ended),
            date=since,
            today=_today().isoformat(),
        ),
        shown,
    )
    paper.table(
        _("Projects that began or ended"),
        shown,
        [(_("Project"), False), (_("Start"), False), (_("End"), False), (_("Areas"), False)],
        [
            (thing(row, "project"), text(row["start"]), text(row["end"]), text(row["areaLabels"]))
            for row in shown.rows
        ],
        limit=_PROJECTS,
    )
