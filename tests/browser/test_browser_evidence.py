"""What the panel shows: the words, why, numbers with their terms, where a text has it from, circles, ratings, notes."""

from viewer_world import copy, evening, morning, name, told


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
    assert "−1.25 “The port will not close” beta.example.net · a denial" in " ".join(text.split())
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


def test_a_copy_is_traced_back_to_where_it_goes_cold_or_someone_speaks(opened, pages):
    one = opened(pages("world"), f"#v=board&n={name(copy())}&s={told(copy(), 0)}")
    steps = one.page.locator("#panel .trace li")
    assert steps.count() == 1
    assert "the port may close within 30 days" in steps.inner_text()
    assert "2025-03-01" in steps.inner_text()
    assert "It goes back to Officials." in steps.inner_text()
    one.go(f"v=board&n={name(copy())}")
    assert "Here the trace goes cold" in steps.inner_text()
    # how it is known, and the words that show it
    assert "copy, 0.99" in steps.inner_text()
    assert steps.locator("mark").inner_text() == "alpha.example.org"


def test_every_source_of_a_text_is_told_and_a_later_one_is_no_origin(opened, pages):
    one = opened(pages("world"), f"#v=board&n={name(evening())}")
    first, second = one.page.locator("#panel .trace > li").all()
    assert "credit, 0.80" in first.inner_text()
    assert "It goes back to alpha.example.org." in first.inner_text()
    assert "likely rewrite, 0.40" in second.inner_text()
    assert "dated later" in second.inner_text()
    assert one.page.locator("#panel .trace .trace").count() == 0


def test_circles_are_told_with_one_way_round_and_what_goes_round(opened, pages):
    one = opened(pages("world"), f"#v=board&n={name(copy())}")
    panel = one.page.locator("#panel")
    assert "Goes round in a circle" in panel.inner_text()
    assert panel.locator(".circle li").count() == 3
    assert "dock workers" in panel.locator("h3:has-text('What goes round') + ul").inner_text()
    panel.locator(".circle button").nth(1).click()
    one.until(lambda: one.part("n"), name(evening()))
    one.go("v=neighbourhood&n=outlet-alpha.example.org")
    assert "They cite each other" in panel.inner_text()
    assert panel.locator(".circle li").count() == 3


def test_outlets_show_each_rater_and_no_average(opened, pages):
    one = opened(pages("world"), "#v=neighbourhood&n=outlet-beta.example.net")
    panel = one.page.locator("#panel")
    assert panel.locator(".ratings tbody tr").count() == 3
    assert "raters disagree" in panel.inner_text()
    assert "only for sports" in panel.inner_text()
    one.go("v=neighbourhood&n=outlet-gamma.example.com")
    assert "unrated" in panel.inner_text()
    assert not panel.locator(".interval, .figures").count()


def test_what_people_noted_is_shown_with_who_and_when(opened, pages):
    one = opened(pages("world"), "#v=neighbourhood&n=outlet-alpha.example.org")
    text = one.page.locator("#panel").inner_text()
    assert "Owned by the port since March." in text
    assert "jo · 2025-06-01T10:00:00Z" in text


def test_notes_of_background_checks_are_shown_as_questions(opened, pages):
    one = opened(pages("world"))
    note = one.page.locator("#panel .note")
    assert "Was Mera Sample in office" in note.inner_text()
    assert note.locator("mark").inner_text() == "Mera Sample"
