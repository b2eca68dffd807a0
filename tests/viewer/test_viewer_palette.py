"""Colours are told apart by everyone, and text in them can be read.

Distances are CAM02-UCS (Luo, Cui & Li 2006; CIECAM02 with an average surround, 4 cd/m2, grey background of 20 %), after the
dichromacy matrices of Machado, Oliveira & Fernandes (2009), severity 1.0, applied to linear RGB.
"""

import itertools
import math
import re

import numpy as np
import pytest

from graphkit.viewer.page.scripts import style_sheet

KINDS = ("outlet", "article", "claim", "actor", "conflict", "support")

DICHROMACIES = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
CAT02 = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
HPE = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0.0, 0.0, 1.0]])
WHITE = np.array([95.047, 100.0, 108.883])
LUMINANCE = 64 / math.pi / 5
BACKGROUND = 20.0


def linear(colour):
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def ucs(rgb):
    """Linear RGB (n, 3) → J', a', b' of CAM02-UCS."""
    xyz = np.clip(np.atleast_2d(rgb), 0, 1) @ TO_XYZ.T * 100
    adapting = 5 * LUMINANCE
    k = 1 / (adapting + 1)
    level = 0.2 * k**4 * adapting + 0.1 * (1 - k**4) ** 2 * adapting ** (1 / 3)
    n = BACKGROUND / WHITE[1]
    induction, z = 0.725 * n**-0.2, 1.48 + math.sqrt(n)
    degree = 1 - math.exp((-LUMINANCE - 42) / 92) / 3.6
    cone_white = CAT02 @ WHITE
    gain = degree * WHITE[1] / cone_white + 1 - degree

    def adapted(values):
        cones = values @ CAT02.T * gain @ np.linalg.inv(CAT02).T @ HPE.T
        scaled = (level * np.abs(cones) / 100) ** 0.42
        return np.sign(cones) * 400 * scaled / (27.13 + scaled) + 0.1

    def achromatic(cones):
        return (2 * cones[..., 0] + cones[..., 1] + cones[..., 2] / 20 - 0.305) * induction

    cones = adapted(xyz)
    red_green = cones[..., 0] - 12 * cones[..., 1] / 11 + cones[..., 2] / 11
    yellow_blue = (cones[..., 0] + cones[..., 1] - 2 * cones[..., 2]) / 9
    hue = np.arctan2(yellow_blue, red_green)
    lightness = 100 * np.maximum(achromatic(cones) / achromatic(adapted(WHITE[None]))[0], 0) ** (0.69 * z)
    eccentricity = (np.cos(hue + 2) + 3.8) / 4
    total = cones[..., 0] + cones[..., 1] + 21 * cones[..., 2] / 20
    t = 50000 / 13 * induction * induction**0 * eccentricity * np.hypot(red_green, yellow_blue) / total
    chroma = t**0.9 * np.sqrt(lightness / 100) * (1.64 - 0.29**n) ** 0.73
    colourful = np.log1p(0.0228 * chroma * level**0.25) / 0.0228
    return np.stack([1.7 * lightness / (1 + 0.007 * lightness), colourful * np.cos(hue), colourful * np.sin(hue)], axis=-1)


def distances(colours):
    """Smallest CAM02-UCS distance of any pair, for each kind of colour vision."""
    rgb = np.array([linear(colour) for colour in colours])
    found = {}
    for name, matrix in DICHROMACIES.items():
        points = ucs(rgb @ matrix.T)
        found[name] = min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(points, 2))
    return found


def contrast(one, other):
    """WCAG 2 contrast ratio."""
    bright, dark = sorted((float(linear(colour) @ TO_XYZ[1]) + 0.05 for colour in (one, other)), reverse=True)
    return bright / dark


def palettes():
    """The custom properties of both themes as the style sheet sets them."""
    css = style_sheet()
    light = re.search(r":root \{(.*?)\}", css, re.DOTALL)
    dark = re.search(r':root\[data-theme="dark"\] \{(.*?)\}', css, re.DOTALL)
    by_preference = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', css, re.DOTALL)
    assert light
    assert dark
    assert by_preference
    read = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found[1])) for found in (light, dark, by_preference)]
    assert read[1] == read[2]
    return {"light": read[0], "dark": read[1]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_kinds_are_told_apart_under_every_kind_of_colour_vision(theme):
    found = distances([palettes()[theme][kind] for kind in KINDS])
    assert min(found.values()) >= 20, found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "panel"])
def test_text_and_marks_stand_out(theme, ground):
    colours = palettes()[theme]
    for name in ("text", "muted", *KINDS, "focus"):
        assert contrast(colours[name], colours[ground]) >= 4.5, name
    assert contrast(colours["line-strong"], colours[ground]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marked_words_can_be_read(theme):
    colours = palettes()[theme]
    assert contrast(colours["text"], colours["mark"]) >= 7
    assert contrast(colours["text"], colours["bubble"]) >= 7


def test_the_measure_is_the_published_one():
    # the published palette of Okabe and Ito on white, without black: the smallest distance is about 11
    okabe_ito = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"]
    assert 10.5 < min(distances(okabe_ito).values()) < 11.5
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
