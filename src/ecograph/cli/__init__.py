"""The command line: one module a verb, each loaded only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from ecograph import __version__
from ecograph.errors import EcographError, RefusedError

_COMMANDS = {
    "build": "Build the graph from the workspace's sources and serve it from now on.",
    "builds": "List the builds that are kept, show one, or serve an earlier one again.",
    "check": "Say what a build would make of a file or workbook, and change nothing.",
    "doctor": "Say what is missing or odd in the installation, the workspace and the build.",
    "export": "Write the network for Gephi, as tables, or the graph as N-Quads.",
    "network": "Ask which actors bridge, where gaps are and what would change.",
    "ontology": "Check the ontology; show and explain what the build infers by it.",
    "query": "Ask one of the region's questions, or list them.",
    "serve": "Serve the explorer, the SPARQL endpoint and the linked data.",
    "template": "Write a workbook to fill in, with drop-down lists, notes and an example.",
}


class _Commands(click.Group):
    """A group that imports a command's module when it is asked for, so that --help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"ecograph.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours becomes its message and an exit code, never a traceback."""
        try:
            return super().invoke(ctx)
        except EcographError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(2 if isinstance(error, RefusedError) else 1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="ecograph")
def main() -> None:
    """The knowledge graph of a region's innovation ecosystem.

    \b
    Examples:
      ecograph build -C data
      ecograph query bridging-actors -C data -o csv
      ecograph serve -C data --port 8000
    """
