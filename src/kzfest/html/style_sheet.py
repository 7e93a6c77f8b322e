"""The style sheet of a page: one text, whose hash the content security policy names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Paper(NamedTuple):
    """How a page is printed."""

    size: str
    """For `@page`; CSS has no name for A6."""
    margin: str
    points: float
    """The size of the letters."""
    columns: int = 2
    is_small: bool = False
    """Whether timelines and the addresses of sources are left out."""


PAPERS: Mapping[str, Paper] = {
    "a4": Paper("A4", "15mm 14mm 17mm", 9),
    "letter": Paper("letter", "15mm 14mm 17mm", 9),
    "a5": Paper("A5", "11mm 11mm 14mm", 8, columns=1),
    "a6": Paper("105mm 148mm", "8mm 8mm 11mm", 7.5, columns=1, is_small=True),
}
LARGE_PRINT, LARGE_SCREEN = 13.0, "125%"
"""Letters of 13 points on paper, and a quarter larger than the reader's own on a screen."""

LIGHT: Mapping[str, str] = {
    "bg": "#ffffff", "card": "#f4f7f7", "wk": "#e9eef0", "ink": "#1b2528", "mut": "#516066", "acc": "#006d77",
    "warn": "#855000", "bad": "#b3261e", "plan": "#5a2ea6", "line": "#7d8b90", "soft": "#dbe2e4", "hatch": "#b07a2a",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "bg": "#13191b", "card": "#1c2426", "wk": "#212a2d", "ink": "#e7ecee", "mut": "#a5b3b8", "acc": "#62cbd2",
    "warn": "#e9b35f", "bad": "#ff8f85", "plan": "#c4a8ff", "line": "#74838a", "soft": "#2f3a3e", "hatch": "#b07a2a",
}  # fmt: skip
PRINTED: Mapping[str, str] = {
    "bg": "#fff", "card": "#fff", "wk": "#e4e4e4", "ink": "#000", "mut": "#444", "acc": "#004f57", "warn": "#6b4000",
    "bad": "#8f1a14", "plan": "#3d1f78", "line": "#666", "soft": "#bbb", "hatch": "#8a5a12",
}  # fmt: skip

_SCREEN = """
*{box-sizing:border-box}
html{color-scheme:light dark;background:var(--bg);color:var(--ink);font:SIZE/1.5 system-ui,sans-serif;
-webkit-text-size-adjust:100%;overflow-wrap:anywhere;scroll-padding-block-end:4rem}
body{margin:0 auto;max-width:64rem;padding-block:1rem 4rem;padding-inline:1rem}
h1{font-size:1.5em;line-height:1.25;margin-block:.6em}
h2{border-block-start:2px solid var(--acc);font-size:1.4em;margin-block:2em .6em;padding-block-start:.5em}
h3{font-size:1.1em;margin-block:1em .3em}
h4{font-size:1em;margin-block:.6em 0}
p{margin-block:.3em}
a{color:var(--acc);text-underline-offset:.15em}
:focus-visible,article:target{outline:3px solid var(--acc);outline-offset:2px}
.x li:has(:target),article:has(>:target){outline:3px solid var(--acc)}
:target{scroll-margin-block-start:1rem}
.l:target{scroll-margin-block-start:100rem}
small{color:var(--mut);font-size:1em}
em{color:var(--warn);font-style:normal}
strong{color:var(--bad)}
code{font-size:.9em}
nav{display:flex;flex-wrap:wrap;gap:.5rem;margin-block:.5rem}
nav a,.u{align-items:center;background:var(--card);border:1px solid var(--line);border-radius:.4rem;display:flex;
min-block-size:44px;padding-inline:.8rem;text-decoration:none}
.u{inset-block-end:.5rem;inset-inline-end:.5rem;position:fixed}
ul{list-style:none;margin-block:.3em;padding-inline-start:0}
ol{padding-inline-start:2.5em}
ol li{margin-block:.3em}
dl{display:grid;gap:.1rem .8rem;grid-template-columns:minmax(0,9em) minmax(0,1fr);margin-block:.5em}
dt{color:var(--mut)}
dd{margin:0}
svg{display:block;max-inline-size:100%}
table{border-collapse:collapse;inline-size:100%;margin-block:1em;table-layout:fixed}
caption{font-weight:bold;text-align:start}
th{border-block-end:1px solid var(--line);color:var(--mut);text-align:start}
td{block-size:4.2em;border-block-end:1px solid var(--soft);padding-block:.2em;vertical-align:top}
td,th{padding-inline:.2em}
td a{display:block;font-weight:bold;min-block-size:24px}
td:nth-child(n+6),.w{background:var(--wk);fill:var(--wk)}
td b,td em{white-space:nowrap}
.d>div{border-block-end:1px solid var(--soft);padding-block-end:.5em}
.d li{column-gap:.8rem;display:grid;grid-template:auto 1fr/minmax(0,7em) minmax(0,1fr);margin-block:.4em}
.d li>*{grid-column:2}
.d li>b{font-weight:normal;grid-area:1/1/3}
.d li>a,.d [href$="May"],.t a,.e li>a{display:inline-block;min-block-size:24px}
.d div p{margin-inline-start:7.8em}
.h a{display:inline-block;min-block-size:24px;min-inline-size:44px}
.t li{align-items:center;border-block-end:1px solid var(--soft);column-gap:1rem;display:grid;
grid-template-columns:minmax(0,2fr) minmax(0,3fr);padding-block:.2em}
.t svg{grid-column:2;grid-row:1/3;inline-size:100%}
.t small{grid-column:1}
.t text{fill:var(--mut);font-size:10px}
.k{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
.k li{align-items:center;display:flex;gap:.4rem}
rect{fill:var(--acc)}
.o{stroke:var(--warn);stroke-dasharray:4 3;stroke-width:3}
.x{fill:url(#hatch)}
.b{fill:var(--acc)}
.y{stroke:var(--acc);stroke-width:2}
.a{fill:none;stroke:var(--bad);stroke-width:1.5}
article{background:var(--card);border-radius:.5rem;margin-block:1rem;padding:.8rem 1rem}
article :is(h3,h4):first-of-type{margin-block-start:0}
article div dl{grid-template-columns:fit-content(9em) minmax(0,1fr)}
article div{border-inline-start:3px solid var(--warn);margin-block:.6em;padding-inline-start:.8em}
article>p:last-child>a,article>.l>a{display:inline-block;min-block-size:24px;min-inline-size:24px;text-align:center}
.m{fill:var(--card)}
.g{fill:none;stroke:var(--soft)}
.n{fill:none;stroke:var(--mut);stroke-width:1.5}
rect.p{fill:var(--acc)}
rect.q{fill:var(--bg);stroke:var(--acc);stroke-width:2}
text{fill:var(--mut);font-size:13px}
text.p,text.q,.c{text-anchor:middle}
text.p,text.q{font-size:11px}
text.p{fill:var(--bg)}
text.q{fill:var(--acc)}
.v div{background:var(--card);border-inline-start:4px solid var(--plan);margin-block:1rem;padding:.6rem 1rem}
.v h3{margin-block-start:0}
.v li{column-gap:.8rem;display:grid;grid-template-columns:minmax(0,10em) minmax(0,1fr);margin-block:.6em}
.v li>*{grid-column:2}
.v li>b{font-weight:normal;grid-area:1/1/9}
.qr{background:#fff;forced-color-adjust:none;max-inline-size:100%;block-size:auto}
.qr path{fill:#000}
footer{color:var(--mut);margin-block-start:2em}
@media(min-width:48rem){.f{display:grid;gap:0 2rem;grid-template-columns:repeat(2,minmax(0,1fr))}
.z{display:grid;gap:0 2rem;grid-template:auto 1fr/max-content minmax(0,1fr)}.z svg{grid-row:span 2}}
@media screen and (min-width:60rem){.e{align-items:start;display:grid;gap:1rem;
grid-template-columns:repeat(2,minmax(0,1fr))}article{margin:0}}
@media(max-width:30rem){.t li,.t small{display:block}.t svg{margin-block:.2em}.d div p{margin-inline-start:0}
.d li,.d li>*,.v li,.v li>*{display:block}
dl{display:block}dd{margin-block-end:.3em}table{font-size:.85em}td>*{display:block}}
@media(forced-colors:active){rect,.b{fill:LinkText}.w{fill:Canvas}.o,.y{stroke:LinkText}.a{stroke:CanvasText}text{fill:CanvasText}}
"""

_PRINT = """
@page{size:PAPER;margin:MARGIN;@bottom-right{content:counter(page) " / " counter(pages);font-size:8pt}}
@media print{
html{color-scheme:light;font-size:POINTSpt;line-height:1.35;background:none}
body{max-width:none;padding:0}
nav,.u,.h,[download]{display:none}
[href*="?mlat"],[href*="?mlat"]+small,br:has(+[href*="?mlat"]){display:none}
a{color:inherit;text-decoration:none}
h1{font-size:1.7em}
h2{break-inside:avoid;margin-block:1.2em -8.4em;padding-block-end:9em}
h1,h2,h3,h4,caption,h2+p,h2+ul,h3+svg{break-after:avoid}
.k{display:block}.k li{display:inline-flex;margin-inline-end:1em}
article,.v div,table,tr,li,dd,svg,.r{break-inside:avoid}
.d>div{break-inside:avoid}
article{border:1px solid var(--soft);padding:.5em .7em;margin-block:0 .7em}
.d>div{margin-block:0 .5em}
h3{margin-block-start:.2em}
td{block-size:auto}
.d,.e{columns:COLUMNS;column-gap:1.5em}
.d h2{column-span:all}
.d li>a,.d [href$="May"],.t a,.x li>a{display:inline;min-block-size:0}
article>p:last-child>a,article>.l>a,td a,.h a{min-block-size:0;min-inline-size:0}
.d li{grid-template-columns:minmax(0,6.5em) minmax(0,1fr);display:grid;margin-block:.15em}
.d div p{margin-inline-start:7.3em}
dl{display:grid;grid-template-columns:fit-content(9em) minmax(0,1fr)}
.t li{display:grid}
MORE
}
"""
_SMALL_PAPER = ".tl{display:none}"
_LARGE_PAPER = ".f{display:grid;gap:0 2em;grid-template-columns:1fr 1fr}"
_ADDRESSES = '.x a[href]::after{content:" (" attr(href) ")";color:var(--mut)}'


def style_sheet(languages: Sequence[str], *, paper: str, large: bool) -> str:
    """Return the rules of a page that shows the first of *languages*, until the reader chooses another."""
    kind = PAPERS[paper]
    more = _SMALL_PAPER if kind.is_small else _ADDRESSES + (_LARGE_PAPER if kind.columns > 1 and not large else "")
    points = LARGE_PRINT if large else kind.points
    values = {
        "SIZE": LARGE_SCREEN if large else "100%",
        "PAPER": kind.size,
        "MARGIN": kind.margin,
        "POINTS": f"{points:g}",
        "COLUMNS": str(1 if large else kind.columns),
        "MORE": more,
    }
    rules = _SCREEN + _PRINT
    for name, value in values.items():
        rules = rules.replace(name, value)
    return "".join(
        (
            f":root{{{_tokens(LIGHT)}}}",
            f"@media(prefers-color-scheme:dark){{:root{{{_tokens(DARK)}}}}}",
            f"@media print{{:root{{{_tokens(PRINTED)}}}}}",
            rules.replace("\n", ""),
            _switch(languages),
        )
    )


def _tokens(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def _switch(languages: Sequence[str]) -> str:
    """Return the rules that show one language: that of the id which the address names, else the first.

    It is the id that counts, not where it stands: the sources have ids of all languages. Where `:has` is not known, all
    languages are shown, one after the other.
    """
    first, *others = languages
    elsewhere = ",".join(f'[id|="{each}"]:target' for each in others)
    chosen = [(each, f':root:has([id|="{each}"]:target)') for each in others]
    chosen.insert(0, (first, f":root:not(:has({elsewhere}))"))
    shown = ",".join(f'{root} .l[lang="{each}"]' for each, root in chosen)
    active = ",".join(f'{root} header a[lang="{each}"]' for each, root in chosen)
    return (
        f"@supports selector(:has(a)){{.l{{display:none}}{shown}{{display:block}}"
        f"{active}{{background:var(--acc);color:var(--bg);font-weight:bold}}}}"
    )
