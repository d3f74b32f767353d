"""`guidebook evaluate`: judging, checking, fitting, asking and scoring, a command each.

Nothing heavy is imported before a command runs, so that help is instant. A command that finds a
fault exits with 1; a file or setting that cannot be used raises GuidebookError.
"""

import click

from guidebook.evaluation.ablate_command import ablate
from guidebook.evaluation.checking_commands import judge, masking, overlap, plain
from guidebook.evaluation.encoder_command import fit_encoder
from guidebook.evaluation.fit_command import fit
from guidebook.evaluation.nets_commands import (
    fit_first_hour,
    fit_meaning,
    fit_nets,
    fit_requests,
    nets,
    requests,
)
from guidebook.evaluation.run_commands import run, score
from guidebook.evaluation.talks_command import talks


@click.group()
def evaluate() -> None:
    """Examine the bot: ask it the questions, and score what it says."""


for command in (
    judge,
    overlap,
    plain,
    masking,
    fit,
    fit_encoder,
    ablate,
    nets,
    fit_meaning,
    fit_nets,
    fit_first_hour,
    fit_requests,
    requests,
    run,
    score,
    talks,
):
    evaluate.add_command(command)
