/** The look of what the second file draws: marked drafts, cards to keep, charts, the PIN form. */

import { sheet } from "./sheet.js";

const COLOURS = `
:host {
  --happened: #23559B; --feeling: #7A3B74; --need: #2F6B35;
  --request: #7D5500; --limit: #1F5C53; --will-do: #4A5A68;
}
@media (prefers-color-scheme: dark) {
  :host {
    --happened: #9CC3F5; --feeling: #DDB0DA; --need: #A6D79B;
    --request: #E5C27A; --limit: #7FD1C0; --will-do: #B9C7D3;
  }
}`;

const MARKS = `
.draft { white-space: pre-line; }
mark { background: none; color: var(--mark, inherit); }
mark .words { text-decoration: underline solid 2px; text-underline-offset: 4px; }
mark .name { color: var(--mark, inherit); font-weight: 600; white-space: nowrap; }
.happened { --mark: var(--happened); }
.feeling { --mark: var(--feeling); } .feeling .words { text-decoration-style: wavy; text-decoration-thickness: 1px; }
.need { --mark: var(--need); } .need .words { text-decoration-style: double; text-decoration-thickness: 1.5px; }
.request { --mark: var(--request); } .request .words { text-decoration-style: dotted; text-decoration-thickness: 3px; }
.limit { --mark: var(--limit); } .limit .words { text-decoration-thickness: 4px; }
.will, .will_do { --mark: var(--will-do); } :is(.will, .will_do) .words { text-decoration-style: dashed; }
.strength { --mark: var(--main); } .strength .words { text-decoration-style: double; }
.issue { --mark: var(--care); } .issue .words { text-decoration-style: wavy; }
mark[aria-describedby] .name::after { content: " \\2193" / ""; }
.tip { padding-inline-start: 10px; border-inline-start: 2px solid var(--care); }`;

const CARDS = `
.keep { font-size: 1.25em; line-height: 1.4; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.told, .key { color: var(--muted); }
.lines-of-progress { display: flex; flex-direction: column; gap: 12px; }
.confidence { display: block; inline-size: 100%; block-size: 42px; overflow: visible; }
.confidence text { fill: var(--muted); font-size: 1em; }
.confidence text.after { fill: var(--ink); font-weight: 600; }
.track { stroke: var(--line); stroke-width: 1; }
.way { stroke: var(--main); stroke-width: 2; }
.tried .way, .tried circle { stroke: var(--will-do); }
.tried circle.after { fill: var(--will-do); }
circle { stroke: var(--main); stroke-width: 2; fill: var(--coach); }
circle.after { fill: var(--main); }
summary { min-block-size: 44px; display: list-item; padding-block: 10px; color: var(--main); cursor: pointer; }
table { border-collapse: collapse; inline-size: 100%; }
th, td { padding: 8px 8px 8px 0; border-block-start: 1px solid var(--line); text-align: end; vertical-align: top; font-weight: 400; }
th:first-child { text-align: start; }
thead th { font-weight: 600; border: 0; }
td { font-variant-numeric: tabular-nums; }`;

const PIN = `
.pin { inline-size: 100%; max-inline-size: 34em; padding: 12px 16px 16px; display: flex; flex-direction: column; gap: 8px; border: 1px solid var(--line); border-radius: 10px; }
.pin input { font: inherit; color: inherit; inline-size: 10em; max-inline-size: 100%; min-block-size: 44px; padding: 9px 12px; margin: 0; letter-spacing: 0.2em; background: transparent; border: 1px solid var(--edge); border-radius: 10px; }
.pin input[aria-invalid="true"] { border: 2px solid var(--care); }
.pin .said { color: var(--care); font-weight: 600; }
.pin .actions { margin-block-start: 8px; }
.pin .plain { color: var(--muted); border-color: var(--edge); }`;

/** The style sheets that come with the second file. */
export const moreSheets = [COLOURS, MARKS, CARDS, PIN].map(sheet);
