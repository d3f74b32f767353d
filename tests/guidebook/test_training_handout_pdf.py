"""The PDF holds the words of the records, on A4, numbered, in typefaces that it brings itself."""

import io
import re
from datetime import date
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner

from guidebook import messages
from guidebook.cli import main
from guidebook.corpus import Corpus
from guidebook.quoting import cite
from guidebook.training.charts import Bar, Chart, Row
from guidebook.training.cli import default_path
from guidebook.training.content import Training, load_training
from guidebook.training.gain import gain
from guidebook.training.handout import (
    Drawn,
    Handout,
    Heading,
    Line,
    Listed,
    Paragraph,
    Quoted,
    Words,
)
from guidebook.training.handout_of import handout_of
from guidebook.training.handout_pdf import pdf
from guidebook.training.handout_session import session_handout
from guidebook.training.item_analysis import analyse
from guidebook.training.quiz_run import QuizAnswer, QuizRun, quiz_items, replay_quiz
from guidebook.training.session import Session, session_json
from guidebook.vocabulary import Lang

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
A4 = (595, 842)


@pytest.fixture(scope="module")
def training() -> Training:
    return load_training(ROOT / "training")


@pytest.fixture(scope="module")
def session(training: Training) -> Session:
    """Twelve sheets of each form, all of them wrong in the same way: as long as it can get."""

    def run(name: str) -> QuizRun:
        wrong = [
            QuizAnswer(f"p{person}", item.id, (item.key + 1) % 4)
            for person in range(12)
            for item in quiz_items(training, name)
        ]
        return replay_quiz(training, name, wrong)

    before, after = run("pre"), run("post")
    return Session(TODAY, 12, quizzes=(analyse(before), analyse(after)), gain=gain(before, after))


def read(made: bytes) -> list[str]:
    """The text of each page without its spaces: lines may break anywhere."""
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    return [re.sub(r"\s", "", page.extract_text()) for page in pages]


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def forms_of(made: bytes, letter: str) -> set[str]:
    """The shapes in which a letter is drawn: glyphs that the PDF says stand for it."""
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(made)).pages:
        for name, font in page["/Resources"]["/Font"].items():  # type: ignore[index]
            mapping = font.get_object().get("/ToUnicode")
            if mapping is None or "Nastaliq" not in str(font.get_object()["/BaseFont"]):
                continue
            cmap = mapping.get_object().get_data().decode("latin-1")
            pairs = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", cmap)
            found |= {f"{name}{glyph}" for glyph, code in pairs if int(code, 16) == ord(letter)}
    return found


@pytest.mark.parametrize(("topic", "lang"), [("medical", "en"), ("custody", "ur")])
def test_a_topic_on_paper_holds_the_corpus_word_for_word(
    training: Training, real_corpus: Corpus, topic: str, lang: Lang
) -> None:
    made = handout_of(topic, training, real_corpus, lang, TODAY)
    pages = read(pdf(made))
    whole = "".join(pages)
    quoted = [block for block in made.blocks if isinstance(block, Quoted)]
    assert quoted
    for block in quoted:
        on = [page for page in pages if without_spaces(block.lines[0][1]) in page]
        assert on, block.heading
        for _, line in block.lines:
            assert without_spaces(line) in on[0], "a passage stays on one page"
        assert without_spaces(block.heading) in whole
    cited = {
        source.url
        for document in real_corpus.documents
        if document.path.parent.name == topic
        for passage in document.passages
        for source in cite(document, passage, None).sources
    }
    assert cited
    assert {url for url in cited if without_spaces(url) not in whole} == set()
    assert "2026-11-22" in pages[0]


def test_every_page_is_a4_numbered_and_says_that_nobody_signed(
    training: Training, real_corpus: Corpus
) -> None:
    made = pdf(handout_of("ghag-claim", training, real_corpus, "en", TODAY))
    reader = pypdf.PdfReader(io.BytesIO(made))
    state = without_spaces(messages.text("review_draft", "en"))
    for number, (page, text) in enumerate(zip(reader.pages, read(made), strict=True), 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
        assert f"Page{number}/{len(reader.pages)}" in text
        assert state in text
    assert "Guidanceonly,notlegaladvice." in read(made)[0]
    assert reader.metadata is not None
    assert reader.metadata.title == "Ghag: a public claim"


def test_urdu_is_shaped_in_the_bundled_nastaliq(training: Training, real_corpus: Corpus) -> None:
    made = pdf(handout_of("ghag-claim", training, real_corpus, "ur", TODAY))
    # In Nastaliq a letter's shape depends on its neighbours: far more than the four forms of Naskh.
    assert len(forms_of(made, "ن")) > 4
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(made)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert all("NotoNastaliq" in font or "Libertinus" in font for font in fonts), fonts


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_the_summary_of_a_full_workshop_is_one_page(
    session: Session, real_corpus: Corpus, lang: Lang
) -> None:
    assert len(read(pdf(session_handout(session, real_corpus, lang, TODAY, one_page=True)))) == 1


def test_no_word_is_read_as_markup_and_the_same_records_make_the_same_file() -> None:
    odd = '#panic("x") *b* $1$ <y> @z [w] \\ // /* `c` = h'
    made = Handout(
        lang="en",
        sort=odd,
        title=Words(odd, "en"),
        made_on=TODAY,
        notices=(odd,),
        blocks=(
            Heading(Words(odd, "en")),
            Paragraph(Words(odd, "en"), "box"),
            Quoted("A", odd, (("", odd), ("-", odd), ("1.", odd)), (odd,)),
            Listed(Words(odd, "en"), (Line("-", Words(odd, "en"), (Words(odd, "en"),)),)),
            Drawn(Chart("en", odd, (Row(odd, (Bar(0.5, odd),), odd),), note=odd)),
        ),
    )
    written = pdf(made)
    frame, passage, listed, chart = 4, 5, 3, 4  # the notice stands in the footer too
    times = frame + 2 + passage + listed + chart  # and a heading and a paragraph
    assert "".join(read(written)).count(without_spaces(odd)) == times
    assert pdf(made) == written


def test_the_command_writes_what_it_is_asked_for(session: Session, tmp_path: Path) -> None:
    kept = tmp_path / "session.json"
    kept.write_text(session_json(session), encoding="utf-8")
    target = tmp_path / "out.pdf"
    command = ["handout", str(kept), "--language", "ur", "--one-page", "-o", str(target)]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.output) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"%PDF-")


def test_the_command_tells_what_it_cannot_print(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["handout", "nonsense"])
    assert done.exit_code == 2
    assert "Nothing to print is named 'nonsense'" in done.output
    target = tmp_path / "missing" / "out.pdf"
    done = CliRunner().invoke(main, ["handout", "pre", "-o", str(target)])
    assert done.exit_code == 2
    assert f"Cannot write {target} (No such file or directory)" in done.output


def test_no_kind_of_a_handout_is_written_over_another() -> None:
    assert str(default_path("var/x/session.json", "en", False, True)) == "session-one-page.pdf"
    kinds: list[tuple[Lang, bool]] = [("en", False), ("ur", False), ("en", True), ("ur", True)]
    names = {default_path("pre", lang, key, False) for lang, key in kinds}
    assert len(names) == len(kinds)
