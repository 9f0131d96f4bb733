"""A chart of latencies as SVG: bars from nothing to p50 and on to p95, on a logarithmic scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from tests.bench.figures import spread

_WIDTH, _LEFT, _RIGHT, _ROW, _BAR = 720, 170, 110, 26, 14
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 }
.scale { fill: #57606a; font-size: 11px }
.grid { stroke: #d0d7de }
.p50 { fill: #1f5fa8 }
.p95 { fill: #9fc0e6 }
.peer .p50 { fill: #6e7781 }
.peer .p95 { fill: #c4cad1 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .scale { fill: #9198a1 }
  .grid { stroke: #3d444d }
  .p50 { fill: #4c94e6 }
  .p95 { fill: #24497a }
  .peer .p50 { fill: #9198a1 }
  .peer .p95 { fill: #4a515a }
}
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One contender's latencies in milliseconds."""

    label: str
    p50: float
    p95: float
    ours: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars under one title."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Milliseconds to pixels, in powers of ten."""

    low: int
    high: int

    def x(self, value: float) -> float:
        share = (log10(max(value, 10**self.low)) - self.low) / (self.high - self.low)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def chart(panels: Sequence[Panel]) -> str:
    """The panels, one below the other, on one scale."""
    values = [value for panel in panels for bar in panel.bars for value in (bar.p50, bar.p95)]
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    scale = _Scale(low, max(high, low + 1))
    parts: list[str] = []
    y = 8
    for panel in panels:
        parts += _panel(panel, scale, y)
        y += 62 + _ROW * len(panel.bars)
    said = "Milliseconds of a query by contender: p50 in dark, p95 in light; the values stand in the tables."
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" role="img" aria-label="{said}">'
    )
    return "\n".join([head, f"<style>{_STYLE}</style>", *parts, "</svg>", ""])


def _panel(panel: Panel, scale: _Scale, y: int) -> list[str]:
    bottom = y + 28 + _ROW * len(panel.bars)
    parts = [f'<text class="title" x="0" y="{y + 14}">{escape(panel.title)}</text>']
    for power in range(scale.low, scale.high + 1):
        x = scale.x(10**power)
        parts.append(f'<line class="grid" x1="{x:.0f}" x2="{x:.0f}" y1="{y + 24}" y2="{bottom}"/>')
        parts.append(
            f'<text class="scale" x="{x:.0f}" y="{bottom + 14}" text-anchor="middle">{10**power:,g} ms</text>'
        )
    for number, bar in enumerate(panel.bars):
        parts += _bar(bar, scale, y + 30 + number * _ROW)
    return parts


def _bar(bar: Bar, scale: _Scale, y: int) -> list[str]:
    start, middle, end = _LEFT, scale.x(bar.p50), scale.x(bar.p95)
    return [
        f'<g class="{"ours" if bar.ours else "peer"}">',
        f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(bar.label)}</text>',
        f'<rect class="p95" x="{start}" y="{y}" width="{end - start:.1f}" height="{_BAR}"/>',
        f'<rect class="p50" x="{start}" y="{y}" width="{middle - start:.1f}" height="{_BAR}"/>',
        f'<text class="scale" x="{end + 6:.0f}" y="{y + 11}">{spread(bar.p50, bar.p95)}</text>',
        "</g>",
    ]
