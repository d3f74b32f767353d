"""An Urdu translation of the document in documents.py, whole and valid until a test breaks it."""

from pathlib import Path

from guidebook.corpus import load_corpus
from guidebook.translations import words_digest

FRONT = """\
id: first-report-ur
title: پہلی رپورٹ
lang: ur
translation_of: first-report
checked_on: 2026-11-23
review_status: draft
reviewed_by: null
"""
HEADING = "کیا میں ایف آئی آر سے انکار کر سکتا ہوں؟"
WORDS = """\
نہیں۔ درج کرنا لازم ہے۔

1. اسے لکھیں۔
2. اسے پڑھ کر سنائیں۔

قانون: ضابطہ فوجداری دفعہ 154۔"""


def write_translation(
    original: Path,
    *,
    front: str = FRONT,
    heading: str = HEADING,
    words: str = WORDS,
    passage: str = "refuse-fir",
    of: str | None = None,
) -> Path:
    """Write it beside `original`; its passage is of the original's present words unless `of` is."""
    path = original.with_name("first-report.ur.md")
    path.unlink(missing_ok=True)
    of = of or words_digest(load_corpus(original.parent).passages[0])
    note = f'<!--\nid: {passage}\nof: "{of}"\n-->'
    path.write_text(f"---\n{front}---\n\n## {heading}\n{note}\n{words}\n", encoding="utf-8")
    return path
