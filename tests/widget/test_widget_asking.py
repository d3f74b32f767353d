"""Ask, read, follow up, come back, clear away."""

import re

from officer_page import PHONE, OfficerPage
from playwright.sync_api import Browser, BrowserContext, expect
from scripted_gateway import ScriptedGateway
from scripted_replies import ANSWERED, DIFFERING, LEAD, STEPS, URDU_QUOTE


def test_a_question_is_answered_with_lead_steps_and_a_chip(officer: OfficerPage) -> None:
    answer = officer.ask_and_wait("Can I refuse an FIR?")
    expect(answer.locator(".lead")).to_have_text(LEAD)
    expect(answer.locator("ol.steps > li")).to_have_text(STEPS)
    chip = answer.get_by_role("button", name="Recording the first report")
    expect(chip).to_contain_text("Law")
    expect(chip).to_contain_text("draft")
    expect(answer).to_contain_text("The text fits the question closely.")
    expect(answer.locator(".fact > span")).to_have_text("adult")
    assert officer.focused() == "question"


def test_the_question_a_text_answers_stands_above_its_yes_or_no(officer: OfficerPage) -> None:
    answer = officer.ask_and_wait("may an FIR be refused")
    words = answer.inner_text()
    heading = str(ANSWERED["citations"][0]["heading"])
    expect(answer.locator(".answer-heading")).to_have_text(heading)
    assert words.index(heading) < words.index(LEAD)
    card = officer.ask_and_wait("card")
    expect(card.locator(".answer-heading")).to_have_count(0)


def test_province_and_a_chosen_language_travel_with_the_question(officer: OfficerPage) -> None:
    officer.page.get_by_text("Menu", exact=True).click()
    officer.page.get_by_label("Province").select_option("sindh")
    officer.page.keyboard.press("Escape")
    officer.ask_and_wait("Can I refuse an FIR?")
    assert officer.gateway.posts[0]["province"] == "sindh"
    officer.page.locator(".language").click()
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.page.locator(".language").click()
    officer.ask_and_wait("Can I refuse an FIR?")
    assert [post.get("lang") for post in officer.gateway.posts] == [None, "ur", "en"]


def test_a_suggestion_sends_its_payload_as_typed_text(officer: OfficerPage) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.log.get_by_role("button", name="Who signs the report?").click()
    expect(officer.log.locator(".question").nth(1)).to_have_text(
        re.compile("Who signs the first report?")
    )
    assert officer.gateway.posts[1]["text"] == "Who signs the first report?"


def test_a_pressed_suggestion_is_answered_in_the_language_of_the_page(officer: OfficerPage) -> None:
    """Its words may be of another language than the page's: nobody chose them."""
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.log.get_by_role("button", name="Who signs the report?").click()
    expect(officer.log.locator(".answer")).to_have_count(2)
    assert [post.get("lang") for post in officer.gateway.posts] == [None, "en"]


def test_a_starter_asks_and_then_steps_aside(officer: OfficerPage) -> None:
    officer.page.get_by_role("button", name="Can I refuse an FIR").click()
    officer.log.locator(".answer").wait_for()
    expect(officer.page.locator(".starters")).to_be_hidden()
    assert officer.focused() == "question"


def test_send_is_inert_but_reachable_while_nothing_is_typed(officer: OfficerPage) -> None:
    send = officer.page.get_by_role("button", name="Send")
    expect(send).to_have_attribute("aria-disabled", "true")
    assert send.get_attribute("disabled") is None
    send.dispatch_event("click")
    expect(officer.page.locator("#question-status")).to_have_text("Type a question first.")
    assert officer.gateway.posts == []
    officer.field.fill("x" * 2001)
    expect(send).to_have_attribute("aria-disabled", "true")
    officer.field.fill("Can I refuse an FIR?")
    expect(send).to_have_attribute("aria-disabled", "false")


def test_danger_comes_first_with_numbers_to_tap(officer: OfficerPage) -> None:
    officer.ask_and_wait("he is attacking her")
    first = officer.log.locator(".answer").first
    expect(first).to_have_class(re.compile("answer-emergency"))
    links = first.locator("a[href^='tel:']")
    assert [link.get_attribute("href") for link in links.all()] == ["tel:15", "tel:1122"]
    expect(first).to_contain_text("not test-dialled by this project")
    expect(officer.log.locator(".answer").nth(1)).to_contain_text("Hello.")


def test_in_danger_nothing_stands_before_what_to_do(officer: OfficerPage) -> None:
    answer = officer.ask_and_wait("he is attacking her")
    emergency = officer.log.locator(".answer-emergency")
    expect(answer).to_be_visible()
    words = emergency.inner_text()
    assert words.index("Act on the danger") < words.index("From the fixed message.")


def test_a_question_about_danger_is_a_line_that_can_be_tapped(officer: OfficerPage) -> None:
    officer.ask_and_wait("he may come back")
    asked = officer.log.locator(".answer-perhaps")
    expect(asked).to_have_count(1)
    expect(asked.locator(".answer-label")).to_have_count(0)
    asked.get_by_role("button").click()
    expect(officer.log.locator(".answer-emergency")).to_have_count(1)


def test_nearest_text_is_labelled_as_no_answer(officer: OfficerPage) -> None:
    answer = officer.ask_and_wait("What is the punishment for an acid attack?")
    expect(answer.locator(".answer-label")).to_have_text("No answer in the approved documents")
    nearest = answer.get_by_role("region", name="Not an answer: nearest text")
    expect(nearest).to_contain_text(LEAD)
    assert nearest.evaluate("(e) => getComputedStyle(e).borderTopStyle") == "dashed"
    expect(answer.locator(".lead")).to_have_count(0)


def test_a_caution_stands_out_in_words(officer: OfficerPage) -> None:
    answer = officer.ask_and_wait("caution please")
    expect(answer.get_by_role("note")).to_contain_text("Caution: Sources differ")
    expect(answer.locator(".chip-conference")).to_contain_text("Conference report, not law")
    expect(answer.get_by_role("link", name="Call Centre 0800-70806")).to_have_attribute(
        "href", "tel:080070806"
    )
    expect(answer).to_contain_text("check this number before you rely on it")


def test_sources_that_differ_stand_in_full_under_what_each_is(officer: OfficerPage) -> None:
    answer = officer.ask_and_wait("Where do the sources differ?")
    expect(answer.locator(".answer-notice")).to_have_text(DIFFERING["notice"])
    other = answer.locator("blockquote")
    expect(other.locator("h4")).to_have_text(DIFFERING["beside"]["label"])
    expect(other.locator("p")).to_have_text(DIFFERING["beside"]["lines"])
    expect(other).to_be_visible()  # not folded away: the officer has to weigh both
    expect(answer.locator(".chip-authority")).to_have_text(["Law", "Recognised practice"])
    answer.get_by_role("button", name="Copy with source").click()
    officer.field.focus()
    officer.page.keyboard.press("Control+v")
    copied = officer.field.input_value()
    assert copied.index(LEAD) < copied.index(DIFFERING["beside"]["label"])
    assert URDU_QUOTE in copied


def test_reload_keeps_the_conversation_in_order(officer: OfficerPage) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.ask_and_wait("hello")
    before = officer.log.inner_text()
    officer.page.reload()
    officer.log.locator(".answer").nth(1).wait_for()
    assert officer.log.inner_text() == before
    expect(officer.page.locator(".starters")).to_be_hidden()


def test_clearing_wipes_the_page_and_the_server(officer: OfficerPage) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    officer.page.get_by_text("Menu", exact=True).click()
    officer.page.get_by_role("button", name="Hide and clear from this device").click()
    expect(officer.log.locator("li")).to_have_count(0)
    expect(officer.page.locator(".told")).to_contain_text("from the server")
    assert officer.gateway.wipes == 1
    assert officer.page.evaluate("() => sessionStorage.length") == 0
    officer.page.reload()
    expect(officer.page.locator(".starters")).to_be_visible()
    expect(officer.log.locator("li")).to_have_count(0)


def test_clearing_while_offline_hides_at_once_and_wipes_later(
    officer: OfficerPage, context: BrowserContext
) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    context.set_offline(True)
    officer.page.get_by_text("Menu", exact=True).click()
    officer.page.get_by_role("button", name="Hide and clear from this device").click()
    expect(officer.log.locator("li")).to_have_count(0)
    expect(officer.page.locator(".told")).to_contain_text("could not be reached")
    context.set_offline(False)
    with officer.page.expect_response(lambda response: response.request.method == "DELETE"):
        officer.page.reload()
    expect(officer.log.locator("li")).to_have_count(0)
    assert officer.gateway.wipes == 1


def test_a_wipe_that_is_owed_goes_before_the_next_question(
    officer: OfficerPage, context: BrowserContext
) -> None:
    officer.ask_and_wait("Can I refuse an FIR?")
    context.set_offline(True)
    officer.page.get_by_text("Menu", exact=True).click()
    officer.page.get_by_role("button", name="Hide and clear from this device").click()
    expect(officer.page.locator(".told")).to_contain_text("could not be reached")
    officer.ask("hello")
    expect(officer.unsent).to_contain_text("No connection")
    context.set_offline(False)
    expect(officer.log.locator(".answer")).to_have_count(1, timeout=15_000)
    assert officer.gateway.wipes == 1
    assert [turn["text"] for turn in officer.gateway.turns.values()] == ["hello"]


def test_copying_works_without_a_secure_context(officer: OfficerPage) -> None:
    assert officer.page.evaluate("() => window.isSecureContext") is False
    answer = officer.ask_and_wait("Can I refuse an FIR?")
    answer.get_by_role("button", name="Copy with source").click()
    expect(officer.page.locator(".told")).to_have_text("Copied.")
    officer.field.focus()
    officer.page.keyboard.press("Control+v")
    copied = officer.field.input_value()
    for part in (LEAD, f"3. {STEPS[2]}", "Law; Pakistan", "22 November 2026", "draft"):
        assert part in copied
    assert "https://www.example.org/crpc-154" in copied
    assert "Guidance only, not legal advice." in copied


def test_sharing_hands_over_the_answer_with_its_source(officer: OfficerPage) -> None:
    """Only browsers in a secure context share; elsewhere there is no button."""
    expect(officer.ask_and_wait("hello, an FIR?")).to_be_visible()
    expect(officer.log.get_by_role("button", name="Share")).to_have_count(0)
    officer.page.add_init_script("navigator.share = async (what) => { window.shared = what.text };")
    officer.page.reload()
    answer = officer.ask_and_wait("Can I refuse an FIR?")
    answer.get_by_role("button", name="Share").click()
    officer.page.wait_for_function("() => window.shared")
    shared = officer.page.evaluate("() => window.shared")
    for part in (LEAD, "[1] Recording the first report", "draft", "Guidance only, not legal"):
        assert part in shared


def test_one_answer_prints_alone_with_its_question_and_its_sources(officer: OfficerPage) -> None:
    officer.ask_and_wait("caution please")
    answer = officer.ask_and_wait("Can I refuse an FIR?")
    officer.page.evaluate("() => { window.print = () => {} }")
    answer.get_by_role("button", name="Print this answer").click()
    officer.page.emulate_media(media="print")
    expect(officer.log.locator(".caution")).to_be_hidden()
    expect(officer.log.get_by_text("caution please")).to_be_hidden()
    expect(officer.log.get_by_text("Can I refuse an FIR?", exact=True)).to_be_visible()
    expect(answer.locator(".print-sources")).to_be_visible()
    expect(answer.locator(".fact-remove")).to_be_hidden()
    expect(officer.page.locator(".printed-on")).to_be_visible()


def test_numbers_work_without_script_and_without_the_bot(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    browser = officer.page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(officer.address)
    assert [a.get_attribute("href") for a in page.locator("a").all()] == ["tel:15", "tel:1122"]
    expect(page.get_by_text("open it in another browser")).to_be_visible()
    plain.close()
    officer.page.context.set_offline(True)
    expect(officer.page.locator(".emergency a[href='tel:15']")).to_be_visible()


def test_urdu_asked_for_in_words_turns_the_whole_page(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    officer.ask("in urdu please")
    expect(officer.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(officer.log.locator(".answer").last).to_contain_text("اردو میں جواب")
    assert officer.focused() == "question"
    officer.ask_and_wait("hello")
    assert gateway.posts[-1]["lang"] == "ur"


def test_until_a_language_is_chosen_the_page_follows_the_script(officer: OfficerPage) -> None:
    officer.ask_and_wait("urdu")
    expect(officer.page.locator("html")).to_have_attribute("dir", "rtl")
    officer.ask_and_wait("hello")
    expect(officer.page.locator("html")).to_have_attribute("dir", "ltr")
    officer.page.locator(".language").click()
    officer.ask_and_wait("hello")
    expect(officer.page.locator("html")).to_have_attribute("dir", "rtl")


def test_a_greeting_shows_the_ways_in(officer: OfficerPage, gateway: ScriptedGateway) -> None:
    officer.ask_and_wait("hello").get_by_role("button", name="First-hour card").click()
    expect(officer.log.locator(".card")).to_be_visible()
    assert gateway.posts[-1]["text"] == "Start the first-hour card"


def test_on_a_touch_screen_no_keyboard_covers_the_answer(
    chromium: Browser, gateway: ScriptedGateway
) -> None:
    """A field with the focus brings the keyboard up; on a laptop it is ready for the next words."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    officer = OfficerPage(context.new_page(), gateway).open()
    officer.page.locator(".starters .suggestion").first.tap()
    officer.log.locator(".answer").wait_for()
    assert officer.focused() == "conversation-title"
    officer.field.tap()
    officer.ask_and_wait("caution")
    assert officer.focused() == "conversation-title"
    context.close()
