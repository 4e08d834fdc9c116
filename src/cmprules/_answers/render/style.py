"""The one style sheet of every report: light and dark, on a phone, on a screen, on paper and in a notebook."""

from __future__ import annotations

import re

_LIGHT = """--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#fff;--well:#f6f8fa;--link:#0757ba;
--good:#116329;--bad:#a40e26;--open:#7d4e00;--fill:#1a7f37;--half:#bf8700;--none:#cf222e;"""
_DARK = """--ink:#e6edf3;--soft:#a3adb8;--line:#3d444d;--paper:#0d1117;--well:#161b22;--link:#79b8ff;
--good:#56d364;--bad:#ff8f87;--open:#e3b341;--fill:#3fb950;--half:#d29922;--none:#f85149;"""
_HOST = """--ink:currentColor;--soft:currentColor;--line:#8888;--paper:none;--well:none;--link:currentColor;
--good:currentColor;--bad:currentColor;--open:currentColor;--fill:#2a9d4e;--half:#b98000;--none:#e5534b;"""
"""In a notebook, text has the notebook's own colors, light or dark; the colors of bars are visible on both."""

_SHARED = """
.cmprules{color:var(--ink);background:var(--paper);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
max-width:52rem;text-align:left;overflow-wrap:anywhere;box-sizing:border-box}
.cmprules *{box-sizing:border-box}
.cmprules h1,.cmprules h2,.cmprules h3{line-height:1.25;font-weight:650;color:inherit;border:0;padding:0}
.cmprules h1{font-size:1.375rem;margin:0 0 .75rem}
.cmprules h2{font-size:1.125rem;margin:1.75rem 0 .5rem}
.cmprules h3{font-size:1rem;margin:1.25rem 0 .25rem}
.cmprules p,.cmprules ul,.cmprules ol{margin:.4rem 0}
.cmprules ul,.cmprules ol{padding-left:1.4rem}
.cmprules li{margin:.15rem 0}
.cmprules a{color:var(--link)}
.cmprules .soft{color:var(--soft);font-size:.875rem}
.cmprules .verdict{background:var(--well);border-left:.3rem solid var(--tone,var(--soft));border-radius:.2rem;
padding:.5rem .8rem;margin:.6rem 0}
.cmprules .verdict strong{color:var(--word,inherit);font-size:1.125rem;display:block}
.cmprules .good{--tone:var(--fill);--word:var(--good)}
.cmprules .bad{--tone:var(--none);--word:var(--bad)}
.cmprules .open{--tone:var(--half);--word:var(--open)}
.cmprules .facts{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;margin:.75rem 0;padding:0}
.cmprules .facts div{min-width:0}
.cmprules.cmprules.cmprules .facts dt,.cmprules.cmprules.cmprules .facts dd{
float:none;clear:none;width:auto;margin:0;padding:0}
.cmprules.cmprules.cmprules .facts dt{color:var(--soft);font-size:.875rem;font-weight:400}
.cmprules.cmprules.cmprules .facts dd{font-weight:600}
.cmprules .facts dd span{font-weight:400;color:var(--soft);font-size:.875rem}
.cmprules .steps h2,.cmprules .bars h2{margin-top:1rem}
.cmprules .steps li{padding-left:.2rem;margin:.3rem 0}
.cmprules .question{border-left:.2rem solid var(--half);padding-left:.8rem;margin:.75rem 0}
.cmprules details{border-top:1px solid var(--line);margin:0}
.cmprules details>summary{cursor:pointer;padding:.55rem 0}
.cmprules details>summary h2{display:inline;font-size:1rem;margin:0}
.cmprules details>summary:focus-visible,.cmprules .scroll:focus-visible,.cmprules a:focus-visible{
outline:2px solid var(--link);outline-offset:2px}
.cmprules details[open]{padding-bottom:.75rem}
.cmprules .scroll{overflow-x:auto;margin:.5rem 0 1rem;max-width:100%}
.cmprules.cmprules.cmprules table{border-collapse:collapse;font-size:.875rem;margin:0;table-layout:auto}
.cmprules.cmprules.cmprules caption{text-align:left;font-weight:600;padding:.25rem 0;color:inherit;caption-side:top}
.cmprules.cmprules.cmprules th,.cmprules.cmprules.cmprules td{
text-align:left;vertical-align:top;padding:.25rem .9rem .25rem 0;border:0;
border-bottom:1px solid var(--line)!important;background:none;overflow-wrap:break-word;min-width:3rem;max-width:24rem}
.cmprules.cmprules.cmprules thead,.cmprules.cmprules.cmprules tr{background:none}
.cmprules.cmprules.cmprules th{font-weight:600}
.cmprules.cmprules.cmprules .keep{white-space:nowrap;overflow-wrap:normal}
.cmprules.cmprules.cmprules .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.cmprules tr.strong td{font-weight:600}
.cmprules svg{display:block;width:100%;height:auto;margin:.5rem 0;fill:currentColor;overflow:visible}
.cmprules svg text{font-family:inherit;font-size:13px}
.cmprules svg .t{fill:var(--line)} .cmprules svg .c{fill:var(--fill)}
.cmprules svg .u{fill:none;stroke:var(--half);stroke-width:2;stroke-dasharray:4 3}
.cmprules svg .m{fill:none;stroke:var(--none);stroke-width:1.5}
.cmprules svg .a{stroke:var(--line);stroke-width:1} .cmprules svg .l{stroke:var(--fill);stroke-width:2}
.cmprules svg .n{fill:var(--none);stroke:var(--none);stroke-width:2}
.cmprules .bars svg{max-width:32rem} .cmprules svg.wide{min-width:46rem} .cmprules svg.wide text{font-size:14px}
.cmprules .line{border-bottom:1px solid currentColor;margin:1.6rem 0 0;max-width:30rem}
.cmprules .line span{font-size:.875rem;color:var(--soft)}
.cmprules footer{margin-top:1.5rem;border-top:1px solid var(--line);padding-top:.5rem;font-size:.8125rem;
color:var(--soft)}
.cmprules ul.outline,.cmprules .outline ul{list-style:none;padding-left:0;margin:.2rem 0}
.cmprules .outline ul{padding-left:.9rem;border-left:1px solid var(--line);margin-left:.35rem}
.cmprules .outline details{border:0;padding:0} .cmprules .outline details>summary{padding:.1rem 0}
.cmprules .outline li>p{margin:0;padding-left:1.05rem}
.cmprules .outline .aside{color:var(--soft);font-size:.875rem}
.cmprules .mark{font-weight:700;color:var(--word,inherit)}
.cmprules .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
"""

_PRINT = """
@media print{
.cmprules{max-width:none;font-size:10pt;line-height:1.4}
.cmprules h1{font-size:14pt} .cmprules h2{font-size:11.5pt;margin-top:5mm} .cmprules h3{font-size:10.5pt}
.cmprules.cmprules.cmprules table,.cmprules .soft,.cmprules .facts dt,.cmprules .facts dd span{font-size:9pt}
.cmprules.cmprules.cmprules table{line-height:1.3}
.cmprules footer{font-size:8.5pt} .cmprules .line{margin-top:8mm;break-inside:avoid}
.cmprules h1,.cmprules h2,.cmprules h3,.cmprules caption,.cmprules summary{break-after:avoid}
.cmprules .verdict,.cmprules .facts,.cmprules .steps li,.cmprules .bars,.cmprules .question,.cmprules tr,
.cmprules li,.cmprules svg{break-inside:avoid}
.cmprules p,.cmprules li{orphans:3;widows:3}
.cmprules thead{display:table-header-group}
.cmprules .scroll{overflow:visible}
.cmprules tr:nth-last-child(2){break-after:avoid}
.cmprules details::details-content{content-visibility:visible;display:block;height:auto}
.cmprules details>summary{list-style:none} .cmprules details>summary::-webkit-details-marker{display:none}
.cmprules footer{break-before:avoid}
.cmprules a{color:inherit;text-decoration:none}
.cmprules .verdict,.cmprules svg{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
"""

PAGE_STYLE = (f":root{{color-scheme:light dark;{_LIGHT}}}\n"
              f"@media screen and (prefers-color-scheme:dark){{:root{{{_DARK}}}}}\n"
              "html{-webkit-text-size-adjust:100%} body{margin:0;background:var(--paper)}\n"
              "main.cmprules{margin:0 auto;padding:1rem} @media(min-width:40rem){main.cmprules{padding:2rem}}\n"
              f"@media print{{main.cmprules{{padding:0}}}}{_SHARED}{_PRINT}")


def _in_pixels(style: str) -> str:
    """Use pixels (notebook text has 14), because notebooks and sites define `rem` differently."""
    return re.sub(r"(\d*\.?\d+)rem", lambda size: f"{float(size[1]) * 14:g}px", style)


FRAGMENT_STYLE = f".cmprules{{{_HOST}}}{_in_pixels(_SHARED)}{_PRINT}"


def paper_style(head: str) -> str:
    """Lay out printed pages, each with the subject of the report and the page number."""
    return ("@page{size:letter;margin:18mm 15mm 16mm;"
            f"@top-left{{content:{_quoted(head)};font:8.5pt system-ui,sans-serif;color:#444;white-space:nowrap}}"
            '@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8.5pt system-ui,sans-serif;'
            "color:#444}}\n")


def _quoted(text: str) -> str:
    """Quote a text for CSS, so that nothing in it can end the text or the style sheet."""
    plain = (letter if letter.isascii() and (letter.isalnum() or letter in " .,()-:") else f"\\{ord(letter):x} "
             for letter in text)
    return f'"{"".join(plain)}"'
