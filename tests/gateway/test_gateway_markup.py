"""Markup escapes everything that it did not make itself."""

import pytest

from gateway.markup import Html, join, tag

HOSTILE = "<script>alert('x')</script> & \"quoted\""


def test_content_is_escaped_and_markup_stands() -> None:
    inner = tag("b", HOSTILE)
    assert inner == (
        "<b>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;quoted&quot;</b>"
    )
    assert tag("p", inner, "<") == f"<p>{inner}&lt;</p>"


@pytest.mark.parametrize("work", [lambda s: s.upper(), lambda s: s + "", lambda s: f"{s}"])
def test_a_string_made_from_markup_is_a_plain_string_again(work: object) -> None:
    assert callable(work)
    assert not isinstance(work(tag("b", "x")), Html)


def test_attributes_are_escaped_and_named_for_html() -> None:
    found = tag("a", "x", href='"><script>', class_="c", aria_label="l", hidden=True, dir=None)
    assert found == '<a href="&quot;&gt;&lt;script&gt;" class="c" aria-label="l" hidden>x</a>'


def test_a_void_element_has_no_end() -> None:
    assert tag("input", type="hidden", name="n") == '<input type="hidden" name="n">'


def test_parts_are_joined_and_escaped() -> None:
    assert join(["<", tag("i", "x"), ">"]) == "&lt;<i>x</i>&gt;"
