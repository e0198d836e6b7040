"""Options that several verbs share: how to print an answer, and in which language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def output_option(formats: Sequence[str]) -> Callable[[F], F]:
    """Return the option -o of a verb that prints an answer in one of `formats`, a table unless asked."""
    return click.option(
        "-o",
        "--output",
        type=click.Choice(formats),
        default="table",
        show_default=True,
        help="How to print the answer.",
    )


lang_option = click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help="Language of headings, labels and caveats.",
)
