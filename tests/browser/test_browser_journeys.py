"""What people do with the page, done in a real browser, offline; by keyboard wherever a key can do it."""

import urllib.parse

import pytest
from viewer_world import copy, evening, morning, name, told

FIRST = "port of Harbourland may close"


def heading(opened):
    return opened.page.locator("#panel h2").inner_text()


def address(opened):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(opened.page.url).fragment))


def focused(opened):
    return opened.page.evaluate("document.activeElement.tagName + ' ' + (document.activeElement.id || document.activeElement.className)")


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
    assert one.page.locator("#search-hits [role=option]").count() >= 2
    keys.press("ArrowDown")
    assert one.page.locator("#search-hits [aria-selected=true]").count() == 1
    keys.press("Enter")
    # the claim's neighbourhood, with the focus on the heading of the evidence
    assert FIRST in heading(one)
    assert focused(one).startswith("H2")
    assert address(one)["v"] == "neighbourhood"
    for _ in range(40):
        keys.press("Tab")
        if one.page.evaluate("document.activeElement.textContent.includes('assertion →')"):
            break
    keys.press("Enter")
    # the sentence, the words marked
    assert address(one)["v"] == "board"
    assert one.page.locator("#panel mark").first.inner_text().lower() == "the port may close within 30 days"
    for _ in range(40):
        keys.press("Tab")
        if one.page.evaluate("document.activeElement.matches('a.outward')"):
            break
    link = one.page.locator("a.outward:focus")
    assert link.get_attribute("href").startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    keys.press("Escape")
    assert address(one)["v"] == "neighbourhood"
    keys.press("Escape")
    assert one.page.locator("#board").is_visible()
    assert one.was_quiet()


def test_escape_never_leaves_the_page(opened, pages):
    one = opened(pages("world"))
    for _ in range(3):
        one.page.keyboard.press("Escape")
    assert one.page.url.startswith(pages("world").as_uri())
    assert one.page.locator("#board").is_visible()


def test_the_panel_says_why_and_each_line_leads_to_its_words(opened, pages):
    one = opened(pages("world"), f"#v=board&n={name(morning())}&s={told(morning(), 0)}")
    panel = one.page.locator("#panel")
    text = panel.inner_text()
    span = morning().assertions[0].span
    place = f"characters {span.begin}–{span.end}"
    for words in ("not named: “Officials”", "Hedged: “may”", "Number: 30 days", "In conflict with: beta.example.net", place):
        assert words in text, words
    panel.get_by_role("button", name="Hedged").click()
    assert one.page.evaluate("document.activeElement.textContent") == "may"
    assert panel.locator("u").all_inner_texts() == ["Officials", "said"]
    # numbers stand with their interval, their terms and what they rest on
    assert "0.61; 90 % interval 0.34–0.83" in text
    assert "−1.25 beta.example.net a denial" in text.replace("\n", " ")
    # both sides of the conflict, each in its sentence
    assert panel.locator(".side-by-side .statement").count() == 2


def test_marks_are_exact_behind_an_emoji_and_in_mixed_scripts(opened, pages):
    one = opened(pages("world"), f"#v=board&n={name(copy())}&s={told(copy(), 1)}")
    assert one.page.locator("#panel mark").first.inner_text() == "More than 1,200 dock workers would lose their jobs"
    one.go(f"v=board&n={name(morning())}&s={told(morning(), 2)}")
    assert one.page.locator("#panel mark").first.inner_text() == "The shameful plan is a betrayal of the city"
    assert one.page.locator("#panel .loaded").all_inner_texts() == ["shameful", "betrayal"]


def test_a_chain_of_sources_is_told(opened, pages):
    one = opened(pages("world"), f"#v=board&n={name(morning())}&s={told(morning(), 1)}")
    text = one.page.locator("#panel").inner_text()
    assert "Said by Mera Sample, paraphrased" in text
    assert "Passed on: Mera Sample ← alpha.example.org" in text
    assert "Number: more than 1,200 dock workers" in text


def test_outlets_show_each_rater_and_no_average(opened, pages):
    one = opened(pages("world"), "#v=neighbourhood&n=outlet-beta.example.net")
    panel = one.page.locator("#panel")
    assert panel.locator(".ratings tbody tr").count() == 3
    assert "raters disagree" in panel.inner_text()
    assert "only for sports" in panel.inner_text()
    one.go("v=neighbourhood&n=outlet-gamma.example.com")
    assert "unrated" in panel.inner_text()
    assert not panel.locator(".interval, .figures").count()


def test_notes_of_background_checks_are_shown_as_questions(opened, pages):
    one = opened(pages("world"))
    note = one.page.locator("#panel .note")
    assert "Was Mera Sample in office" in note.inner_text()
    assert note.locator("mark").inner_text() == "Mera Sample"


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
    one.page.keyboard.press("Enter")
    assert one.page.locator("#panel h2").inner_text() == after or one.page.locator("#board").is_visible()
    assert one.was_quiet()


def test_hops_widen_the_neighbourhood_and_follow_the_address(opened, pages):
    one = opened(pages("plain"), "#v=neighbourhood&n=outlet-gamma.example.com&h=2")
    assert one.page.locator(".hops [aria-pressed=true]").inner_text() == "2"
    two = one.page.locator("#canvas .mark").count()
    one.page.get_by_role("button", name="1 hop").click()
    assert one.page.locator("#canvas .mark").count() < two
    assert "h" not in address(one)


def test_folded_groups_open(opened, pages):
    one = opened(pages("large"), "#v=map")
    one.page.keyboard.press("l")
    hub = one.page.locator("#bar .caption").inner_text()
    assert "folded" in hub


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
    assert address(again) == address(one)


def test_back_and_forward_work(opened, pages):
    one = opened(pages("world"))
    for key, view in (("m", "map"), ("t", "table"), ("b", "board")):
        one.page.keyboard.press(key)
        assert address(one)["v"] == view
    one.page.go_back()
    assert address(one)["v"] == "table"
    one.page.locator("#table").wait_for(state="visible")
    one.page.go_back()
    one.page.locator("#canvas").wait_for(state="visible")
    one.page.go_forward()
    one.page.locator("#table").wait_for(state="visible")
    assert one.was_quiet()


@pytest.mark.parametrize("fragment", ["#v=board&n=art-nothing", "#v=moon", "#v=neighbourhood&n=__proto__", "#v=cluster&c=9999", "#x=%00"])
def test_an_address_that_leads_nowhere_shows_the_first_view(opened, pages, fragment):
    one = opened(pages("world"), fragment)
    assert one.page.locator("#board").is_visible()
    assert "not in this graph" in one.page.locator("#message").inner_text() or "v=" not in fragment
    assert one.was_quiet()


def test_filters_are_the_legend_and_hide_in_every_view(opened, pages):
    one = opened(pages("world"))
    one.page.locator("input[name=certainty][value=possible]").uncheck()
    assert one.page.locator("#board .card.claim").count() == 4
    one.page.locator("input[name=actor][value=unnamed]").uncheck()
    assert "Officials" not in one.page.locator("#board").inner_text()
    one.page.keyboard.press("t")
    assert "7 of 10" in one.page.locator("#table-caption").inner_text()
    one.page.get_by_role("button", name="Show everything").click()
    assert "10 of 10" in one.page.locator("#table-caption").inner_text()
    assert address(one) == {"v": "table", "n": name(morning())}


def test_a_claim_shows_as_long_as_one_of_its_assertions_does(opened, pages):
    one = opened(pages("plain"), f"#v=neighbourhood&n={name(evening())}&xc=possible")
    drawn = one.page.locator("#canvas .mark[aria-label*='may close']")
    assert drawn.count() == 1
    one.go(f"v=neighbourhood&n={name(evening())}&xc=possible.certain")
    assert drawn.count() == 0


def test_time_is_narrowed_by_either_end_and_by_brushing(opened, pages):
    one = opened(pages("world"), "#v=table&k=article")
    start, end = one.page.locator("#time-from"), one.page.locator("#time-to")
    end.focus()
    one.page.keyboard.press("Home")
    one.page.wait_for_timeout(250)
    assert "2 of 3" in one.page.locator("#table-caption").inner_text()
    one.page.locator("#time-undated").uncheck()
    assert "1 of 3" in one.page.locator("#table-caption").inner_text()
    assert address(one)["t"] == "..2025-03-01"
    end.focus()
    one.page.keyboard.press("End")
    start.focus()
    one.page.keyboard.press("ArrowRight")
    one.page.wait_for_timeout(250)
    assert address(one)["t"] == "2025-03-02.."
    box = one.page.locator(".plot").bounding_box()
    one.page.mouse.move(box["x"] + 2, box["y"] + 20)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    one.page.mouse.up()
    one.page.wait_for_timeout(250)
    assert "..2025-03" in address(one)["t"]


def test_tables_sort_filter_and_lead_to_evidence(opened, pages):
    one = opened(pages("world"), "#v=table&k=outlet")
    names = one.page.locator("#table-body tbody th")
    one.page.locator("thead").get_by_role("button", name="Name").click()
    one.page.locator("thead").get_by_role("button", name="Name").click()
    assert names.all_inner_texts() == ["gamma.example.com", "beta.example.net", "alpha.example.org"]
    assert one.page.locator("th[aria-sort=descending]").count() == 1
    one.page.get_by_label("Only rows with").fill("disagree")
    assert names.all_inner_texts() == ["beta.example.net"]
    one.page.locator("#table-body tbody button").first.click()
    assert heading(one) == "beta.example.net"
    assert one.page.locator("tr.chosen").count() == 1


def test_the_theme_turns_and_is_drawn_anew(opened, pages):
    one = opened(pages("world"), "#v=map", theme="light")
    light = one.page.screenshot()
    one.page.get_by_role("button", name="Theme").click()
    assert one.page.evaluate("document.documentElement.dataset.theme") == "dark"
    one.page.wait_for_timeout(200)
    assert one.page.screenshot() != light
    assert one.was_quiet()


def test_the_keys_are_listed(opened, pages):
    one = opened(pages("world"))
    one.page.keyboard.press("?")
    assert one.page.locator("dialog").is_visible()
    one.page.keyboard.press("Escape")
    assert not one.page.locator("dialog").is_visible()


def test_what_is_shown_is_announced(opened, pages):
    one = opened(pages("world"), "#v=neighbourhood&n=outlet-alpha.example.org")
    assert one.page.locator("#live").text_content().startswith("outlet: alpha.example.org, ")
    assert one.page.locator("#live[aria-live=polite]").count() == 1


def test_a_tour_leads_through_the_page_and_fades_the_rest(opened, pages):
    one = opened(pages("story"))
    one.page.get_by_role("button", name="Tour").click()
    assert one.page.locator("#story h2").inner_text() == "The outlet"
    assert address(one)["v"] == "neighbourhood"
    one.page.keyboard.press("Tab")
    one.page.get_by_role("button", name="Next").click()
    assert one.page.locator("#story h2").inner_text() == "The sentence"
    assert one.page.locator("#board .card.claim:not(.off)").count() == 1
    one.page.get_by_role("button", name="Next").click()
    assert address(one)["v"] == "map"
    assert not one.page.get_by_role("button", name="Next").count()
    one.page.get_by_role("button", name="End the tour").click()
    assert not one.page.locator("#story").is_visible()
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
    one.page.wait_for_timeout(200)
    inked = one.page.evaluate(
        """() => {
            const canvas = document.querySelector('#canvas canvas');
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            let sum = 0;
            for (let at = 3; at < pixels.length; at += 4) sum += pixels[at] > 0;
            return [sum, canvas.getBoundingClientRect().height];
        }"""
    )
    assert inked[0] > 4000
    assert inked[1] > 600


def test_dragging_a_mark_takes_its_label_along(opened, pages):
    one = opened(pages("world"), "#v=neighbourhood&n=outlet-alpha.example.org")
    box = one.page.locator("#canvas").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = one.page.locator("#canvas").screenshot()
    one.page.mouse.move(*middle)
    one.page.mouse.wheel(0, -200)
    one.page.wait_for_timeout(100)
    assert one.page.locator("#canvas").screenshot() != before
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
    one.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.broken = 1'}))")
    assert one.page.evaluate("window.broken ?? 'nothing'") == "nothing"
    assert not one.outside()
