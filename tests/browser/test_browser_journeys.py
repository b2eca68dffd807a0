"""What people do with the page, done in a real browser, offline; by keyboard wherever a key can do it."""

import urllib.parse

import pytest
from conftest import INK
from viewer_world import evening, morning, name, told

from graphkit.viewer import build_view_model, render_page

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

FIRST = "port of Harbourland may close"


def heading(opened):
    return opened.page.locator("#panel h2").inner_text()


def focused(opened):
    return opened.page.evaluate(
        "document.activeElement.tagName + ' ' + (document.activeElement.id || document.activeElement.className)"
    )


@pytest.mark.parametrize("page", ["world", "plain"])
def test_the_first_view_is_the_board_of_the_fullest_article(opened, pages, page):
    one = opened(pages(page))
    assert one.page.locator("#board .card.claim").count() == 6
    assert "Port of Harbourland to close" in heading(one)
    assert one.page.locator("#board .curves path").count() >= 8
    assert one.was_quiet()


def test_search_claim_evidence_source_and_back_by_keyboard_alone(opened, pages):
    one = opened(pages("world"))
    keys = one.page.keyboard
    keys.press("/")
    assert focused(one).startswith("INPUT search-field")
    keys.type("may close")
    expect(one.page.locator("#search-hits [role=option]").nth(1)).to_be_visible()
    keys.press("ArrowDown")
    assert one.page.locator("#search-hits [aria-selected=true]").count() == 1
    keys.press("Enter")
    # the claim's neighbourhood, with the focus on the heading of the evidence
    one.shows("neighbourhood")
    assert FIRST in heading(one)
    assert focused(one).startswith("H2")
    for _ in range(40):
        keys.press("Tab")
        if one.page.evaluate("document.activeElement.textContent.includes('assertion →')"):
            break
    keys.press("Enter")
    # the sentence, the words marked
    one.shows("board")
    assert one.page.locator("#panel mark").first.inner_text().lower() == "the port may close within 30 days"
    for _ in range(40):
        keys.press("Tab")
        if one.page.evaluate("document.activeElement.matches('a.outward')"):
            break
    link = one.page.locator("a.outward:focus")
    assert link.get_attribute("href").startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    keys.press("Escape")
    one.shows("neighbourhood")
    # whoever goes on by keyboard starts at the evidence, not at the top of the page
    assert FIRST in heading(one)
    assert focused(one).startswith("H2")
    keys.press("Escape")
    one.shows("board")
    assert one.was_quiet()


def test_escape_never_leaves_the_page(opened, pages):
    one = opened(pages("world"))
    for _ in range(3):
        one.page.keyboard.press("Escape")
    one.shows("board")
    assert one.page.url.startswith(pages("world").as_uri())


def test_escape_goes_back_over_an_address_that_was_typed_or_followed(opened, pages):
    one = opened(pages("world"), f"#v=board&n={name(evening())}")
    one.go("v=table")
    one.go("v=map")
    for view in ("table", "board"):
        one.page.keyboard.press("Escape")
        one.shows(view)
    assert one.part("n") == name(evening())
    # nothing lies behind the first address: from there it leads to the first view
    one.page.keyboard.press("Escape")
    one.until(lambda: one.part("n"), name(morning()))
    assert one.was_quiet()


def test_keys_pressed_faster_than_the_browser_goes_back_stay_in_the_page(opened, pages):
    one = opened(pages("world"))
    first = one.address()
    for key in ("m", "t", "l"):
        one.page.keyboard.press(key)
    one.page.evaluate(
        "() => { for (let n = 0; n < 5; n += 1) document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true})); }"
    )
    one.until(one.address, first)
    one.page.wait_for_timeout(300)
    assert one.page.url.startswith(pages("world").as_uri())
    one.shows("board")
    assert one.was_quiet()


@pytest.mark.parametrize("page", ["world", "plain"])
def test_arrow_keys_and_enter_go_through_the_drawing(opened, pages, page):
    one = opened(pages(page), "#v=neighbourhood&n=outlet-alpha.example.org")
    one.page.locator("#canvas").focus()
    before = heading(one)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"):
        one.page.keyboard.press(key)
        if heading(one) != before:
            break
    after = heading(one)
    assert after != before
    chosen = one.part("s")
    assert chosen
    one.page.keyboard.press("Enter")
    one.until(lambda: one.part("n"), chosen)
    expect(one.page.locator("#panel h2")).to_have_text(after)
    assert one.was_quiet()


def test_hops_widen_the_neighbourhood_and_follow_the_address(opened, pages):
    one = opened(pages("plain"), "#v=neighbourhood&n=outlet-gamma.example.com&h=2")
    assert one.page.locator(".hops [aria-pressed=true]").inner_text() == "2"
    two = one.page.locator("#canvas .mark").count()
    one.page.get_by_role("button", name="1 hop").click()
    one.until(lambda: one.part("h"), "")
    assert one.page.locator("#canvas .mark").count() < two


def test_claims_that_say_the_same_are_held_together_by_few_lines(opened, pages):
    from viewer_world import all_the_same, texts

    model = build_view_model(all_the_same(), texts())
    page = pages("same", render_page(model, with_network=False))
    claim = model.claims[0].id
    one = opened(page, f"#v=neighbourhood&n={claim}")
    signs = one.page.locator("#canvas text").all_text_contents()
    # seven claims, 21 pairs: drawn as six lines from the one in the middle; the panel lists all, with how it is known
    assert (len(model.claims), signs.count("="), signs.count("+")) == (7, 6, 0)
    listed = one.page.locator("#panel h3:has-text('The same in other words') + ul li")
    assert listed.count() == 6
    assert "same claim, 0.90" in listed.first.inner_text()


def test_folded_groups_open(opened, pages):
    def numbers() -> tuple[int, int]:
        caption = one.page.locator("#bar .caption").inner_text()
        drawn, folded = (caption.split(word)[0].split("· ")[-1] for word in (" drawn", " folded"))
        return int(drawn), int(folded.replace(",", "").split()[0])

    one = opened(pages("large-plain"), "#v=map")
    one.page.keyboard.press("l")
    one.shows("neighbourhood")
    drawn, folded = numbers()
    one.page.locator("#canvas .mark").filter(has_text="+").first.click()
    one.settle()
    more, fewer = numbers()
    assert drawn < more <= 160
    assert fewer < folded


def test_a_permalink_brings_back_view_focus_filters_and_time(opened, pages):
    link = f"#v=board&n={name(evening())}&s={told(evening(), 1)}&x=outlet&xc=possible&t=2025-04-01..&u=0"
    one = opened(pages("world"), link)
    assert "300 dock workers" in heading(one)
    assert not one.page.locator("#filters input[name=kind][value=outlet]").is_checked()
    assert not one.page.locator("#filters input[name=certainty][value=possible]").is_checked()
    assert not one.page.locator("#time-undated").is_checked()
    assert "2025-04-01" in one.page.locator("#time output").inner_text()
    again = opened(pages("world"), "#" + urllib.parse.urlsplit(one.page.url).fragment)
    assert heading(again) == heading(one)
    assert again.address() == one.address()


def test_back_and_forward_work(opened, pages):
    one = opened(pages("world"))
    for key, view in (("m", "map"), ("t", "table"), ("b", "board")):
        one.page.keyboard.press(key)
        one.shows(view)
    one.page.go_back()
    one.shows("table")
    expect(one.page.locator("#table")).to_be_visible()
    one.page.go_back()
    one.shows("map")
    expect(one.page.locator("#canvas")).to_be_visible()
    one.page.go_forward()
    one.shows("table")
    assert one.was_quiet()


@pytest.mark.parametrize(
    "fragment", ["#v=board&n=art-nothing", "#v=moon", "#v=neighbourhood&n=__proto__", "#v=cluster&c=9999", "#x=%00"]
)
def test_an_address_that_leads_nowhere_shows_the_first_view(opened, pages, fragment):
    one = opened(pages("world"), fragment)
    assert one.page.locator("#board").is_visible()
    assert "not in this graph" in one.page.locator("#message").inner_text() or "v=" not in fragment
    assert one.was_quiet()


def test_filters_are_the_legend_and_hide_in_every_view(opened, pages):
    one = opened(pages("world"))
    one.page.locator("input[name=certainty][value=possible]").uncheck()
    expect(one.page.locator("#board .card.claim")).to_have_count(4)
    one.page.locator("input[name=actor][value=unnamed]").uncheck()
    expect(one.page.locator("#board")).not_to_contain_text("Officials")
    one.page.keyboard.press("t")
    expect(one.page.locator("#table-caption")).to_contain_text("7 of 10")
    one.page.get_by_role("button", name="Show everything").click()
    expect(one.page.locator("#table-caption")).to_contain_text("10 of 10")
    assert one.address() == {"v": "table", "n": name(morning())}


def test_a_claim_shows_as_long_as_one_of_its_assertions_does(opened, pages):
    one = opened(pages("plain"), f"#v=neighbourhood&n={name(evening())}&xc=possible")
    drawn = one.page.locator("#canvas .mark[aria-label*='may close']")
    assert drawn.count() == 1
    one.go(f"v=neighbourhood&n={name(evening())}&xc=possible.certain")
    assert drawn.count() == 0


def test_time_is_narrowed_by_either_end_and_by_brushing(opened, pages):
    one = opened(pages("world"), "#v=table&k=article")
    start, end = one.page.locator("#time-from"), one.page.locator("#time-to")
    caption = one.page.locator("#table-caption")
    end.focus()
    one.page.keyboard.press("Home")
    expect(caption).to_contain_text("2 of 3")
    one.page.locator("#time-undated").uncheck()
    expect(caption).to_contain_text("1 of 3")
    one.until(lambda: one.part("t"), "..2025-03-01")
    end.focus()
    one.page.keyboard.press("End")
    start.focus()
    one.page.keyboard.press("ArrowRight")
    one.until(lambda: one.part("t"), "2025-03-02..")
    box = one.page.locator(".plot").bounding_box()
    one.page.mouse.move(box["x"] + 2, box["y"] + 20)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    one.page.mouse.up()
    one.holds(lambda: "..2025-03" in one.part("t"))


def test_tables_sort_filter_and_lead_to_evidence(opened, pages):
    one = opened(pages("world"), "#v=table&k=outlet")
    names = one.page.locator("#table-body tbody th")
    one.page.locator("thead").get_by_role("button", name="Name").click()
    one.page.locator("thead").get_by_role("button", name="Name").click()
    one.until(names.all_inner_texts, ["gamma.example.com", "beta.example.net", "alpha.example.org"])
    assert one.page.locator("th[aria-sort=descending]").count() == 1
    one.page.get_by_label("Only rows with").fill("disagree")
    one.until(names.all_inner_texts, ["beta.example.net"])
    one.page.locator("#table-body tbody button").first.click()
    expect(one.page.locator("#panel h2")).to_have_text("beta.example.net")
    expect(one.page.locator("tr.chosen")).to_have_count(1)


def test_the_theme_turns_and_is_drawn_anew(opened, pages):
    one = opened(pages("world"), "#v=map", theme="light")
    look = "[getComputedStyle(document.body).color, document.documentElement.dataset.theme ?? 'as the system']"
    one.holds(lambda: one.page.evaluate(INK)["sum"] > 1000)
    inked, (ink, theme) = one.page.evaluate(INK)["hash"], one.page.evaluate(look)
    one.page.get_by_role("button", name="Theme").click()
    assert theme == "as the system"
    assert one.page.evaluate(look)[1] == "dark"
    assert one.page.evaluate(look)[0] != ink
    one.holds(lambda: one.page.evaluate(INK)["hash"] != inked)
    assert one.was_quiet()


def test_the_keys_are_listed(opened, pages):
    one = opened(pages("world"))
    one.page.keyboard.press("?")
    expect(one.page.locator("dialog")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("dialog")).to_be_hidden()


def test_what_is_shown_is_announced(opened, pages):
    one = opened(pages("world"), "#v=neighbourhood&n=outlet-alpha.example.org")
    one.holds(lambda: one.page.locator("#live").text_content().startswith("outlet: alpha.example.org, "))
    assert one.page.locator("#live[aria-live=polite]").count() == 1


def test_a_tour_leads_through_the_page_and_fades_the_rest(opened, pages):
    one = opened(pages("story"))
    one.page.get_by_role("button", name="Tour").click()
    expect(one.page.locator("#story h2")).to_have_text("The outlet")
    one.shows("neighbourhood")
    one.page.keyboard.press("Tab")
    one.page.get_by_role("button", name="Next").click()
    expect(one.page.locator("#story h2")).to_have_text("The sentence")
    expect(one.page.locator("#board .card.claim:not(.off)")).to_have_count(1)
    one.page.get_by_role("button", name="Next").click()
    one.shows("map")
    assert not one.page.get_by_role("button", name="Next").count()
    one.page.get_by_role("button", name="End the tour").click()
    expect(one.page.locator("#story")).to_be_hidden()
    assert one.was_quiet()


def test_a_page_to_embed_shows_no_controls(opened, pages):
    one = opened(pages("embedded"))
    assert one.page.locator("#board .card").count()
    assert not one.page.locator("#filters").is_visible()
    assert not one.page.locator("header h1").is_visible()


def test_without_javascript_the_tables_show(opened, pages):
    one = opened(pages("world"), java_script_enabled=False)
    assert one.page.locator("#tables table").count() == 5
    assert one.page.get_by_text("the port may close within 30 days").first.is_visible()
    assert not one.page.locator("#workspace").is_visible()
    assert one.page.locator("#tables").bounding_box()["height"] > 400


def test_the_drawing_is_really_inked(opened, pages):
    one = opened(pages("world"), "#v=neighbourhood&n=outlet-alpha.example.org&h=2")
    one.holds(lambda: one.page.evaluate(INK)["sum"] > 4000)
    assert one.page.evaluate(INK)["height"] > 600


def test_a_mark_can_be_dragged_and_the_drawing_zoomed(opened, pages):
    one = opened(pages("world"), "#v=neighbourhood&n=outlet-alpha.example.org")
    one.holds(lambda: one.page.evaluate(INK)["sum"] > 4000)
    before = one.page.evaluate(INK)["hash"]
    # both kinds of drawing put the marks in the same places, and only of one can a test ask where they are
    vector = opened(pages("plain"), "#v=neighbourhood&n=outlet-alpha.example.org")
    box = vector.page.locator("#canvas .mark[aria-label*='alpha.example.org'] path").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    one.page.mouse.move(x, y)
    one.page.mouse.down()
    for step in range(1, 11):
        one.page.mouse.move(x + 14 * step, y + 2 * step)
    one.page.mouse.up()
    one.holds(lambda: one.page.evaluate(INK)["hash"] != before)
    # the mark is picked where it was left
    one.page.locator("#canvas").focus()
    one.page.keyboard.press("ArrowDown")
    expect(one.page.locator("#panel h2")).not_to_have_text("alpha.example.org")
    one.page.mouse.click(x + 140, y + 20)
    expect(one.page.locator("#panel h2")).to_have_text("alpha.example.org")
    one.settle()
    picked = one.page.evaluate(INK)["hash"]
    one.page.mouse.wheel(0, -200)
    one.holds(lambda: one.page.evaluate(INK)["hash"] != picked)
    assert one.was_quiet()


def test_never_more_marks_than_can_be_read(opened, pages):
    from page_reading import data_of

    large = pages("large")
    ids = data_of(large.read_text(encoding="utf-8"))["tables"]["outlets"]["id"]
    one = opened(large)
    assert one.page.locator("#canvas").is_visible()
    counts = one.page.evaluate("document.querySelector('#bar .caption').textContent")
    assert "groups drawn" in counts
    for outlet in ids[:3]:
        for hops in (1, 2, 3):
            one.go(f"v=neighbourhood&n={outlet}&h={hops}")
            caption = one.page.locator("#bar .caption").inner_text()
            assert int(caption.split(" drawn")[0].split("· ")[-1]) <= 160
    assert one.was_quiet()


def test_the_policy_blocks_what_a_script_might_try(opened, pages):
    one = opened(pages("world"))
    tried = one.page.evaluate("fetch('https://example.com/').then(() => 'sent', error => error.name)")
    assert tried == "TypeError"
    one.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.broken = 1'}))"
    )
    assert one.page.evaluate("window.broken ?? 'nothing'") == "nothing"
    assert not one.outside()
