"""`guidebook doctor`, joined as release_commands.py is; loads nothing before it runs."""

import click


@click.command("doctor")
@click.option("--prove-offline", is_flag=True, help="Answer a question with no network at all.")
def doctor(prove_offline: bool) -> None:
    """Look at versions, models, index, disk, clock, secrets and processes. Changes nothing."""
    if prove_offline:
        from deploy import prove_offline as proof

        raise SystemExit(proof.main())
    from deploy.doctor import look

    raise SystemExit(look())


if __name__ == "__main__":
    doctor()
