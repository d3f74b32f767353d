"""Commands that need no answers: judge, overlap, plain, masking."""

import click

from guidebook.evaluation import places


@click.command()
@click.option("--limit", default=40, show_default=True, help="How many open decisions to print.")
def judge(limit: int) -> None:
    """Propose judgements from fact ids and quotes, and show what a person must decide."""
    from guidebook.evaluation.judging import propose, undecided
    from guidebook.evaluation.qrels import Qrels, load_qrels, merge, save_qrels

    questions, corpus = places.questions("all"), places.corpus()
    read = (load_qrels(places.QRELS) if places.QRELS.is_file() else Qrels()).read()
    qrels = merge(propose(questions, corpus), read)
    save_qrels(places.QRELS, qrels)
    click.echo(f"{places.QRELS}: {len(qrels.judgements)} judgements, {len(read)} by readers.")
    cases = undecided(questions, corpus, qrels)
    for case in cases[:limit]:
        click.echo(f"  {case}")
    click.echo(
        f"{len(cases)} to decide. Write your own as a line with `by: hand`; it is kept."
        if cases
        else "Nothing is left to decide."
    )


@click.command()
def overlap() -> None:
    """Fail if a test question or a message of a talk is nearly one the bot has seen."""
    from guidebook.evaluation import overlap as check
    from guidebook.evaluation.talks import load_talks
    from guidebook.evaluation.told import load_told

    questions, corpus = places.questions("all"), places.corpus()
    seen = [
        *check.phrasings(corpus),
        *check.messages(load_told(places.TOLD, corpus)),
        *check.nlu_lines(places.NLU),
        *check.development(questions),
        *check.requests(places.NETS / "requests.yml"),
    ]
    talks = load_talks(places.TALKS, corpus)
    found = check.overlaps([*check.examined(questions), *check.held(talks)], seen)
    for item in found:
        click.echo(str(item))
    tested = sum(question.split == "test" for question in questions)
    click.echo(
        f"{tested} test questions and {len(talks)} messages of talks against {len(seen)} seen "
        f"texts: {len(found)} too near."
    )
    if found:
        raise SystemExit(1)


@click.command()
@click.option("--split", type=click.Choice(places.SPLITS), default="all", show_default=True)
def plain(split: str) -> None:
    """Score MiniLM, BM25 and their fusion on the raw facts."""
    from guidebook.encoder import load_minilm
    from guidebook.evaluation.files import write_whole
    from guidebook.evaluation.plain_baselines import plain_cases, plain_table
    from guidebook.facts import load_facts

    facts = load_facts(places.settings().corpus / "facts")
    cases = plain_cases(
        places.questions(split), list(facts.values()), load_minilm(places.settings().encoder)
    )
    text = "\n".join(plain_table(cases)) + "\n"
    write_whole(places.RESULTS / "plain" / f"table-{split}.md", text)
    click.echo(text, nl=False)


@click.command()
@click.option("--show", is_flag=True, help="Print each miss and each false mask.")
def masking(show: bool) -> None:
    """Print how much personal data the mask takes out, and how often it errs."""
    from guidebook.evaluation import masking_figures as figures
    from guidebook.evaluation import overlap as check

    patterned = figures.read_hidden(places.MASKING / "hidden.txt")
    names = figures.read_hidden(places.MASKING / "names.txt", figures.NAMES)
    for found in figures.recalls(patterned):
        click.echo(f"  {found.kind:<9} {found.hidden:>3} of {found.total:>3}  {found.share:.3f}")
    whole = figures.together("patterned", figures.recalls(patterned))
    click.echo(f"patterned   {whole.hidden:>3} of {whole.total:>3}  {whole.share:.3f}")
    for found in figures.recalls(names):
        click.echo(f"names       {found.hidden:>3} of {found.total:>3}  {found.share:.3f}")
    seen = [*check.phrasings(places.corpus()), *check.nlu_lines(places.NLU)]
    kept = figures.read_kept(places.MASKING / "kept.txt")
    for name, messages in (("kept", kept), ("phrasings", [item.text for item in seen])):
        false = figures.falsely_masked(messages)
        share = len(false) / len(messages)
        click.echo(f"{name:<11} {len(false):>3} of {len(messages):>5}  {share:.4f} falsely masked")
        for message in false if show else ():
            click.echo(f"  false: {message}")
    for line in (*patterned, *names) if show else ():
        if line.missed:
            click.echo(f"  missed: {line.kind}: {line.text}")
