"""What an answer assumed can be taken away: the contrary is asked in words the bot understands."""

from officer_page import OfficerPage
from playwright.sync_api import expect
from scripted_gateway import ScriptedGateway
from scripted_replies import ANSWERED

ASSUMED_RELATION = ANSWERED | {
    "assumed": [{"facet": "relation", "value": "husband", "label": "her husband"}]
}


def test_taking_a_fact_away_asks_its_contrary(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    answer = officer.ask_and_wait("Can I refuse an FIR?")
    answer.get_by_role("button", name="Not so. Ask again with: A child, under 18").click()
    expect(officer.log.locator(".question-words").nth(1)).to_have_text("A child, under 18")
    assert gateway.posts[1]["text"] == "A child, under 18"


def test_taking_the_province_away_asks_the_same_question_for_the_whole_country_once(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    answer = officer.ask_and_wait("Which province is this?")
    answer.get_by_role("button", name="Not this province").click()
    expect(officer.log.locator(".answer")).to_have_count(2)
    officer.ask_and_wait("hello")
    assert [(post["text"], post["province"]) for post in gateway.posts] == [
        ("Which province is this?", "kp"),
        ("Which province is this?", "pakistan"),
        ("hello", "kp"),
    ]


def test_a_fact_with_no_single_contrary_has_nothing_to_tap(officer: OfficerPage) -> None:
    officer.page.route(
        "**/api/messages",
        lambda route: route.fulfill(json={"replies": [ASSUMED_RELATION], "messages": []}),
    )
    answer = officer.ask_and_wait("Can I refuse an FIR?")
    expect(answer.locator(".fact")).to_have_text("her husband")
    expect(answer.locator(".fact button")).to_have_count(0)
