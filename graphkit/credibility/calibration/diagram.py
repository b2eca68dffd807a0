"""A reliability diagram as an SVG of our own: what was predicted against what turned out, with nothing to load."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from graphkit.credibility.calibration.measures import Bin

SIZE, LEFT, TOP, BOTTOM = 360, 56, 36, 96
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.axis{stroke:#444;fill:none}.even{stroke:#767676;stroke-dasharray:5 4}"
    ".line{stroke:#0b5cad;stroke-width:2;fill:none}.dot{fill:#0b5cad}.bar{fill:#b9c9da}"
)


def reliability_diagram(bins: Sequence[Bin], *, title: str) -> str:
    """Return the diagram: dots at (mean predicted, share observed), bars of the counts below, a dashed line where both agree."""
    width, height = LEFT + SIZE + 20, TOP + SIZE + BOTTOM
    points = [(LEFT + one.predicted * SIZE, TOP + (1 - one.observed) * SIZE) for one in bins]
    spoken = "; ".join(f"predicted {one.predicted:.2f}, observed {one.observed:.2f}, n {one.count}" for one in bins)
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-labelledby="title desc">',
        "<!-- graphkit -->",
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(spoken)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<text x="{LEFT}" y="22">{escape(title)}</text>',
        f'<path class="axis" d="M{LEFT} {TOP}V{TOP + SIZE}H{LEFT + SIZE}"/>',
        f'<path class="even" d="M{LEFT} {TOP + SIZE}L{LEFT + SIZE} {TOP}"/>',
        *_ticks(),
        *_bars(bins),
        f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>',
        *(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points),
        f'<text x="{LEFT + SIZE / 2:.0f}" y="{TOP + SIZE + 36}" text-anchor="middle">support computed</text>',
        f'<text transform="translate(16 {TOP + SIZE / 2:.0f}) rotate(-90)" text-anchor="middle">share that held</text>',
    ]
    return "\n".join((*parts, "</svg>", ""))


def _ticks() -> list[str]:
    found = []
    for k in range(0, 11, 2):
        share = k / 10
        x, y = LEFT + share * SIZE, TOP + (1 - share) * SIZE
        found.append(f'<text x="{x:.0f}" y="{TOP + SIZE + 18}" text-anchor="middle">{share:.1f}</text>')
        found.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{share:.1f}</text>')
    return found


def _bars(bins: Sequence[Bin]) -> list[str]:
    most = max((one.count for one in bins), default=1)
    bottom, room = TOP + SIZE + BOTTOM - 6, 40
    found = []
    for one in bins:
        high = room * one.count / most
        left = LEFT + min(int(one.predicted * 10), 9) * SIZE / 10
        found.append(
            f'<rect class="bar" x="{left + 2:.1f}" y="{bottom - high:.1f}" width="{SIZE / 10 - 4:.1f}" height="{high:.1f}">'
            f"<title>{one.count} claims</title></rect>"
        )
    return found
