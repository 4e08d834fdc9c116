"""The coordinator's index: whom to write to, which credentials end when, and everyone in one table.

The plain table is complete without a script; a short script adds filters and sorting.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cmprules._answers.render.blocks import SIGNS, Bullets, Details, Notice
from cmprules._answers.render.html import PAGE_END, escaped, page_head, pieces
from cmprules._answers.render.words import counted
from cmprules.reporting._person import span_of
from cmprules.reporting._values import ReportedCredential, Reports
from cmprules.reporting._words import (
    FIRST,
    PARTS,
    correct_table,
    correct_title,
    facts_of,
    first_people,
    remarks_of,
    row_cells,
    state_of,
    title_of,
    to_correct,
    verdict_of,
    why_line,
)

_MOST_TO_CORRECT = 200
_COLUMNS = ("Who", "Credential", "State", "Last day", "Days left", "Missing", "First thing to do")
_NUMBERS = frozenset({4, 5})

_STYLE = """
main.cmprules{max-width:80rem}
.cmprules .steps ol{padding-left:2rem}
.cmprules .filters{display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0}
.cmprules .filters[hidden]{display:none}
.cmprules .filters button,.cmprules .filters input,.cmprules th button{font:inherit;color:inherit;
background:var(--well);border:1px solid var(--soft);
border-radius:.3rem;padding:.3rem .7rem;min-height:2.2rem;cursor:pointer}
.cmprules .filters input{cursor:text;min-width:min(14rem,100%)}
.cmprules .filters button[aria-pressed=true]{background:var(--link);color:var(--paper);border-color:var(--link)}
.cmprules th button{background:none;border:0;padding:0;min-height:0;font-weight:600;text-align:left;
text-decoration:underline}
.cmprules button:focus-visible,.cmprules input:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.cmprules.cmprules .everybody{width:100%}
.cmprules.cmprules .everybody td{max-width:none}
.cmprules.cmprules .group th{font-size:1rem;padding-top:1.25rem;border-bottom:2px solid var(--line)}
.cmprules .everybody .state{color:var(--word,inherit);font-weight:600;white-space:nowrap}
.cmprules .everybody tr[hidden],.cmprules .everybody tbody[hidden]{display:none}
.cmprules .everybody small{display:block;color:var(--soft);font-size:.8125rem}
@media screen and (max-width:44rem){
.cmprules .everybody thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cmprules .everybody,.cmprules .everybody tbody,.cmprules .everybody tr:not([hidden]){display:block}
.cmprules .everybody tbody[hidden]{display:none}
.cmprules.cmprules .everybody tr.row{padding:.6rem 0;border-bottom:1px solid var(--line)}
.cmprules.cmprules .everybody td,.cmprules.cmprules .everybody th{display:block;border:0;padding:.05rem 0;
text-align:left}
.cmprules.cmprules .everybody td:empty{display:none}
.cmprules .everybody td:nth-of-type(3)::before{content:"Last day "}
.cmprules .everybody td:nth-of-type(4)::before{content:"Days left "}
.cmprules .everybody td:nth-of-type(5)::before{content:"Points missing "}
.cmprules.cmprules .everybody .group th{border-bottom:2px solid var(--line)}
}
"""

_SCRIPT = """
(function(){
var table=document.querySelector('.everybody'),bar=document.querySelector('.filters');
if(!table||!bar)return;
var rows=[].slice.call(table.querySelectorAll('tr.row')),bodies=[].slice.call(table.tBodies);
var text=rows.map(function(r){return r.textContent.toLowerCase();});
var said=document.querySelector('.shown'),find=bar.querySelector('input'),test='all',order=null,up=true;
function fits(r){
if(test==='all')return true;
if(test==='write')return r.dataset.w==='1';
if(test==='NOT_MET'||test==='NEEDS_REVIEW')return r.dataset.o===test;
return r.dataset.d!==''&&+r.dataset.d>=0&&+r.dataset.d<=+test;}
function show(){
var count=0,words=find.value.trim().toLowerCase();
rows.forEach(function(r,i){r.hidden=!(fits(r)&&text[i].indexOf(words)>=0);if(!r.hidden)count++;});
bodies.forEach(function(b){b.hidden=!b.querySelector('tr.row:not([hidden])');});
said.textContent=count+' of '+rows.length+' shown';}
bar.addEventListener('click',function(e){
var b=e.target.closest('button');if(!b)return;
test=b.value;
bar.querySelectorAll('button').forEach(function(o){o.setAttribute('aria-pressed',String(o===b));});
show();});
find.addEventListener('input',show);
table.querySelectorAll('thead th').forEach(function(th,i){
var b=document.createElement('button');b.type='button';b.textContent=th.textContent;th.textContent='';th.appendChild(b);
b.addEventListener('click',function(){
up=order===i?!up:true;order=i;
table.querySelectorAll('thead th').forEach(function(o){o.removeAttribute('aria-sort');});
th.setAttribute('aria-sort',up?'ascending':'descending');
var number=i===4||i===5,all=rows.map(function(r,n){
var t=r.cells[i].textContent.trim().toLowerCase();return [t===''?1:0,number?parseFloat(t):t,n,r];});
all.sort(function(a,c){
if(a[0]!==c[0])return a[0]-c[0];
var d=a[1]<c[1]?-1:a[1]>c[1]?1:0;return (up?d:-d)||a[2]-c[2];});
table.querySelectorAll('tr.group').forEach(function(g){g.remove();});
all.forEach(function(a){bodies[0].appendChild(a[3]);});
show();});});
bar.hidden=false;
})();
"""

_FILTERS = (("all", "Everybody"), ("write", "Write to"), ("NOT_MET", "Not met"), ("NEEDS_REVIEW", "Needs review"),
            ("30", "Ends in 30 days"), ("60", "Ends in 60 days"), ("90", "Ends in 90 days"))


def write_index(value: Reports) -> Iterator[str]:
    """Write the page piece by piece."""
    title = title_of(value)
    yield page_head(title.full, _STYLE)
    yield pieces([title, verdict_of(value)]) + "\n"
    yield _whom(value)
    yield pieces([facts_of(value)]) + "\n"
    yield _wrong(value)
    yield from _everybody(value)
    remarks = tuple(remarks_of(value))
    if remarks:
        yield pieces([Details("Remarks", (Bullets(remarks),))]) + "\n"
    yield pieces([Notice(f"Policy edition {value.edition}. {value.notice}")])
    yield f"\n<script>{_SCRIPT}</script>"
    yield PAGE_END


def _whom(value: Reports) -> str:
    """List the people to write to first, each with a link to the page."""
    people = first_people(value)
    if not people:
        return ""
    lines = [f"<li>{_link(rows[0])}: {escaped('; '.join(map(why_line, rows)))}</li>" for rows in people[:FIRST]]
    more = len(people) - FIRST
    rest = f'\n<p class="soft">And {more} more, in the table below.</p>' if more > 0 else ""
    listed = "\n".join(lines)
    return f'<section class="steps">\n<h2>Whom to write to</h2>\n<ol>\n{listed}\n</ol>{rest}\n</section>\n'


def _link(row: ReportedCredential) -> str:
    return f'<a href="{escaped(row.page)}">{escaped(row.shown)}</a>'


def _wrong(value: Reports) -> str:
    """List the rows because of which people are not decided."""
    wrong = to_correct(value)
    if not wrong:
        return ""
    more = len(wrong) - _MOST_TO_CORRECT
    some = counted(more, "more row is", "more rows are")
    rest = (Bullets((f"{some} in the workbook, on the sheet Not decided.",)),) if more > 0 else ()
    table = correct_table(wrong[:_MOST_TO_CORRECT])
    return pieces([Details(correct_title(value), (table, *rest), unfolded=True)]) + "\n"


def _everybody(value: Reports) -> Iterator[str]:
    """Write the table of everyone, in parts by the last day."""
    buttons = "".join(f'<button type="button" value="{name}" aria-pressed="{"true" if name == "all" else "false"}">'
                      f"{text}</button>" for name, text in _FILTERS)
    heads = "".join(f'<th scope="col"{_number(place)}>{name}</th>' for place, name in enumerate(_COLUMNS))
    yield ('<section>\n<h2>Everybody</h2>\n<div class="filters" role="group" aria-label="Filters" hidden>'
           f'{buttons}<input type="search" aria-label="Find a name" placeholder="Find a name"></div>\n'
           '<p class="soft shown" role="status"></p>\n<div class="scroll" role="group" tabindex="0" '
           'aria-label="Everybody">\n<table class="everybody">\n<caption class="hidden">Every credential, by the last '
           f"day</caption>\n<thead><tr>{heads}</tr></thead>\n")
    for span, rows in groupby(value.credentials, span_of):
        part = [*rows]
        yield (f'<tbody>\n<tr class="group"><th colspan="{len(_COLUMNS)}" scope="rowgroup">{PARTS[span]} '
               f"({len(part)})</th></tr>\n")
        yield from map(_row, part)
        yield "</tbody>\n"
    yield "</table>\n</div>\n</section>\n"


def _number(place: int) -> str:
    return ' class="number"' if place in _NUMBERS else ""


def _row(row: ReportedCredential) -> str:
    credential, state, last, left, short, first = map(escaped, row_cells(row))
    tone = state_of(row)[1]
    more = f"<small>{escaped(row.holder)}</small>" if row.name is not None else ""
    urgent = "" if row.write is None else "1"
    return (f'<tr class="row" data-w="{urgent}" data-o="{row.outcome}" data-d="{left}"><th scope="row">{_link(row)}'
            f'{more}</th><td class="keep">{credential}</td><td class="{tone}"><span class="state">'
            f'<span aria-hidden="true">{SIGNS[tone]}</span> {state}</span></td><td class="keep">{last}</td>'
            f'<td class="number">{left}</td><td class="number">{short}</td><td>{first}</td></tr>\n')
