"""`ecograph network`: bridging actors, collaboration gaps and what else the network shows."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "bridges": "Which actors join two areas, helices or municipalities, and how sure their rank is.",
    "gaps": "Which areas, helices or municipalities meet less or more often than chance can explain.",
    "roles": "Which brokerage roles actors have between areas, helices or municipalities.",
    "introductions": "Which pairs of actors could close a gap: suggestions to try in dialogue.",
    "what-if": "What changes when an actor or programme goes away or a collaboration comes.",
    "evolution": "How actors, ties and the meetings of areas have changed over the years.",
    "strengths": "Where the region is specialised compared with the country, and what is near.",
    "structure": "The network as a whole: cohesion, mixing, core, against what chance gives.",
    "communities": "Which actors collaborate more densely with one another than with others.",
    "measure": "Measure any network given as a list of ties.",
}


class _Network(click.Group):
    """A group that imports a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"ecograph.cli.network_{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group("network", cls=_Network)
def network() -> None:
    """Ask what the region's network shows: who bridges, where gaps are, what would change.

    \b
    Examples:
      ecograph network bridges -C data --between forest-bioeconomy digitalisation
      ecograph network gaps -C data --by area
      ecograph network what-if -C data --remove "Bron Innovation"
    """
