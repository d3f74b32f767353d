"""The contents by topic: search while typing, and a tap opens the document at the passage."""

from officer_page import LAPTOP, OfficerPage
from playwright.sync_api import Locator, expect
from scripted_gateway import ScriptedGateway
from scripted_replies import BLOCKS


def contents(officer: OfficerPage) -> Locator:
    officer.page.locator(".opening").get_by_role("button", name="Contents").click()
    opened = officer.page.get_by_role("dialog", name="Contents by topic")
    expect(opened.locator(".topic")).to_have_count(2)
    return opened


def test_topics_open_to_documents_and_their_headings(officer: OfficerPage) -> None:
    opened = contents(officer)
    topic = opened.locator(".topic").first
    expect(topic.locator("summary")).to_contain_text("First report (FIR)")
    topic.locator("summary").click()
    expect(topic.get_by_role("heading", name="Recording the first report")).to_be_visible()
    expect(topic).to_contain_text("Law · Pakistan · draft")
    expect(topic.get_by_role("button")).to_have_count(len(BLOCKS))


def test_search_finds_each_heading_once_as_it_is_typed(officer: OfficerPage) -> None:
    opened = contents(officer)
    search = opened.get_by_role("searchbox")
    search.press_sequentially("refuse fir")
    expect(opened.locator(".place")).to_have_count(1)
    expect(opened.get_by_role("status")).to_have_text("1 found.")
    search.fill("first response")
    expect(opened.locator(".place")).to_have_count(len(BLOCKS))
    search.fill("report")
    expect(opened.locator(".place > span").first).to_have_text("When a report is in Urdu")
    search.fill("zebra")
    expect(opened.get_by_role("status")).to_contain_text("Nothing found.")
    search.fill("")
    expect(opened.locator(".topic")).to_have_count(2)


def test_a_heading_opens_its_document_at_the_passage_and_back_leads_to_the_contents(
    officer: OfficerPage,
) -> None:
    opened = contents(officer)
    opened.get_by_role("searchbox").fill("closing part")
    place = opened.locator(".place")
    place.click()
    panel = officer.page.get_by_role("dialog", name="Recording the first report")
    cited = panel.locator(".block-cited")
    expect(cited.get_by_role("heading")).to_have_text("A long closing part")
    expect(cited.get_by_role("heading")).to_be_in_viewport()
    expect(panel.locator("mark")).to_have_count(0)
    expect(panel.locator(".about")).to_contain_text("Draft, not signed by an office")
    officer.page.go_back()
    expect(panel).to_be_hidden()
    expect(place).to_be_focused()
    officer.page.go_back()
    expect(opened).to_be_hidden()
    assert officer.focused() == "button"


def test_the_close_buttons_close_one_sheet_at_a_time(officer: OfficerPage) -> None:
    officer.page.set_viewport_size(LAPTOP)
    opened = contents(officer)
    opened.get_by_role("searchbox").fill("closing part")
    opened.locator(".place").click()
    panel = officer.page.get_by_role("dialog", name="Recording the first report")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    expect(opened).to_be_visible()
    opened.get_by_role("button", name="Close").click()
    expect(opened).to_be_hidden()


def test_without_documents_it_says_so_and_can_be_opened_again(
    officer: OfficerPage, gateway: ScriptedGateway
) -> None:
    gateway.has_documents = False
    officer.page.locator(".opening").get_by_role("button", name="Contents").click()
    opened = officer.page.get_by_role("dialog", name="Contents by topic")
    expect(opened.get_by_role("status")).to_contain_text("could not be opened")
    officer.page.keyboard.press("Escape")
    gateway.has_documents = True
    contents(officer)


def test_on_a_phone_the_menu_leads_there_too(officer: OfficerPage) -> None:
    officer.page.get_by_text("Menu", exact=True).click()
    officer.page.locator(".menu-sheet").get_by_role("button", name="Contents").click()
    expect(officer.page.get_by_role("dialog", name="Contents by topic")).to_be_visible()
    officer.page.keyboard.press("Escape")
    expect(officer.page.locator(".menu summary")).to_be_focused()
