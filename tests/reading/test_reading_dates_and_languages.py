"""Days and languages: exact where they are stated, silent where they are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.reading.dates import read_date
from graphkit.reading.languages import choose_language, detect_language


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2024-02-20", "2024-02-20"),
        ("2024-02-20T23:30:00-05:00", "2024-02-20"),
        ("2024-02-20T17:05:24.123Z", "2024-02-20"),
        ("2024-02-20 17:05:24 +0200", "2024-02-20"),
        ("20240220", "2024-02-20"),
        ("2024/02/20", "2024-02-20"),
        ("Tue, 20 Feb 2024 23:59:00 -0500", "2024-02-20"),
        ("20 February 2024", "2024-02-20"),
        ("February 20, 2024, 07:47 PM EST", "2024-02-20"),
        ("20. Februar 2024", "2024-02-20"),
        ("20 février 2024", "2024-02-20"),
        (" 2024-02-20 ", "2024-02-20"),
        ("2024-02-30", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        ("2024", None),
        ("2024-02", None),
        ("February 2024", None),
        ("20 February", None),
        ("yesterday", None),
        ("3 hours ago", None),
        ("may", None),
        ("", None),
        (None, None),
        ("1" * 5_000, None),
        ("2024-02-20" + " x" * 100, None),
    ],
)
def test_days(stated, day):
    assert read_date(stated) == day


@given(st.dates(date(1600, 1, 1), date(2199, 12, 31)))
def test_every_iso_day_is_itself(day):
    assert read_date(day.isoformat()) == day.isoformat()


SAMPLES = {
    "en": "The mayor said on Monday that the bridge was open to traffic again and that it had been checked by the city.",
    "de": "Der Bürgermeister sagte am Montag, dass die Brücke wieder für den Verkehr offen ist und von der Stadt geprüft wurde.",
    "fr": "La maire a dit lundi que le pont est de nouveau ouvert à la circulation et que la ville l'a fait vérifier par des experts.",
    "es": "La alcaldesa dijo el lunes que el puente está abierto de nuevo al tráfico y que la ciudad lo había revisado con los técnicos.",
    "it": "La sindaca ha detto che il ponte è di nuovo aperto al traffico e che la città lo ha fatto controllare dai tecnici della regione.",
    "pt": "A prefeita disse que a ponte está de novo aberta ao tráfego e que a cidade não tinha outra via para os carros no centro.",
    "nl": "De burgemeester zei maandag dat de brug weer open is voor het verkeer en dat zij door de stad is nagekeken.",
    "ru": "Мэр сказал в понедельник, что мост снова открыт для движения и был проверен городскими службами.",
    "uk": "Міський голова сказав, що міст знову відкритий для руху і його перевірили міські служби.",
    "zh": "市长星期一表示,大桥已重新开放通车,并已由市政府检查。",
    "ja": "市長は月曜日、橋が再び通行できるようになったと述べた。",
    "ko": "시장은 월요일 다리가 다시 개통되었다고 말했다.",
    "ar": "قال رئيس البلدية يوم الاثنين إن الجسر مفتوح مرة أخرى أمام حركة المرور.",
    "el": "Ο δήμαρχος είπε τη Δευτέρα ότι η γέφυρα είναι ξανά ανοιχτή.",
    "he": "ראש העיר אמר ביום שני שהגשר פתוח שוב לתנועה.",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_languages_are_told_by_their_commonest_words(language):
    assert detect_language(SAMPLES[language]) == language


@pytest.mark.parametrize("text", ["", "12 345", "Xyzzy plugh", "North Korea", "?!"])
def test_too_little_is_undetermined(text):
    assert detect_language(text) == "und"


def test_the_stated_language_counts_unless_the_text_says_otherwise():
    assert choose_language("en-GB", "Xyzzy plugh.") == "en"
    assert choose_language("nonsense", SAMPLES["de"]) == "de"
    assert choose_language(None, SAMPLES["fr"]) == "fr"
    assert choose_language("en", SAMPLES["ru"]) == "ru"
    assert choose_language("en", SAMPLES["de"] * 5) == "de"
    assert choose_language("no", SAMPLES["en"]) == "no"
    assert choose_language("de", "Kurz.") == "de"


@given(st.text(max_size=300))
def test_detection_never_fails(text):
    assert 2 <= len(detect_language(text)) <= 3
