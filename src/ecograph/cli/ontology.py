"""`ecograph ontology`: whether the ontology is sound, and what follows from it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ecograph.cli.current import current_build, workspace_option
from ecograph.config import load_workspace
from ecograph.reasoning.check import Report, check
from ecograph.reasoning.explain import Step, explain, new_entailments, read_statement
from ecograph.reasoning.ontology import ontology_files

_SHOWN = 20


@click.group("ontology")
def ontology() -> None:
    """Check the ontology; show and explain what the build infers by it.

    \b
    Examples:
      ecograph ontology check
      ecograph ontology check --file my-terms.ttl
      ecograph ontology entailments -C data
      ecograph ontology entailments -C data --explain 'actor/se-2021004524 eco:activeIn area/digitalisation'
    """


@ontology.command("check")
@click.option(
    "--file", "files", type=click.Path(path_type=Path), multiple=True,
    help="Check this file instead of the installed ontology; several make one ontology.",
)  # fmt: skip
@click.option("--tree/--no-tree", default=True, help="Show the inferred class hierarchy.")
@click.option(
    "--seconds", type=click.FloatRange(min=1), default=30, show_default=True,
    help="How long to look for the smallest set of axioms that clash.",
)  # fmt: skip
def check_command(files: tuple[Path, ...], tree: bool, seconds: float) -> None:
    """Check that the ontology is consistent, by HermiT, and within OWL 2 DL, by the OWL API.

    Exit code 2 when it is inconsistent, has a class that can have no instances, or is outside OWL 2 DL.
    Needs no Java in the system.
    """
    paths = list(files) or [path for group in ontology_files().values() for path in group]
    report = check(paths, seconds=seconds)
    click.echo("\n".join(_lines(report, tree)))
    if not report.sound:
        sys.exit(2)


def _lines(report: Report, tree: bool) -> list[str]:
    lines = ["consistent" if report.consistent else "INCONSISTENT"]
    if report.consistent:
        lines.append(f"unsatisfiable classes: {', '.join(report.unsatisfiable) or 'none'}")
    lines.append(", ".join(f"{number} {word}" for word, number in report.counts.items()))
    lines.append(_profile("OWL 2 DL (OWL API)", report.outside_dl))
    lines.append(_profile("OWL 2 RL (W3C tables)", report.outside_rl))
    if report.mapped:
        names = ", ".join(f"<{each}>" for each in report.mapped)
        lines.append(
            f"HermiT does not know these datatypes; the checked copy has xsd:string for them: {names}"
        )
    for found in report.explanations:
        least = "a smallest set of axioms that clash" if found.minimal else "axioms that clash (time ran out)"
        lines.append(f"\nWhy {found.about} cannot be: {least}, {len(found.axioms)}:")
        lines += [f"  {each}" for each in found.axioms]
    if tree and report.tree:
        lines.append("\nInferred hierarchy:")
        lines += [f"  {'  ' * depth}{label}" for depth, label in report.tree]
    lines.append(f"\n{report.seconds:.1f} s")
    return lines


def _profile(title: str, outside: list[str]) -> str:
    if not outside:
        return f"{title}: yes"
    shown = "".join(f"\n  outside: {each}" for each in outside[:_SHOWN])
    more = f"\n  … and {len(outside) - _SHOWN} more" if len(outside) > _SHOWN else ""
    return f"{title}: all but {len(outside)}{shown}{more}"


@ontology.command("entailments")
@workspace_option
@click.option("--explain", "statement", help="Explain one statement, 'SUBJECT PROPERTY OBJECT'.")
@click.option(
    "--examples", type=click.IntRange(0, 20), default=1, show_default=True, help="Examples for each."
)
def entailments(root: Path, statement: str | None, examples: int) -> None:
    """Show what the current build has inferred, by property and class, or explain one statement.

    A statement is written with prefixed names, addresses, or local ids such as actor/se-2021004524.
    """
    workspace = load_workspace(root)
    graph = current_build(workspace).graph()
    if statement is None:
        groups = new_entailments(graph, workspace.base, examples)
        for group in groups:
            click.echo(f"{group.count:>9,}  {group.name}  ({group.origin})")
            for example in group.examples:
                click.echo(f"           {example}")
        click.echo(f"{sum(group.count for group in groups):>9,}  statements are inferred and not stated.")
        return
    for step in explain(graph, read_statement(statement, workspace.base), workspace.base):
        click.echo("\n".join(_step(step)))


def _step(step: Step) -> list[str]:
    indent = "  " * step.depth
    return [f"{indent}{step.statement}", f"{indent}  {step.reason}"]
