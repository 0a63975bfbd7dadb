/**
 * The look, as constructable style sheets: they work under a content security policy that
 * allows no inline styles. Colours come from the design and can be overridden by the page
 * through `--belay-…` custom properties. What only the second file needs is in `more-styles.js`.
 */

import { sheet } from "./sheet.js";

const COLOURS = `
:host {
  color-scheme: light dark;
  --page: var(--belay-page, #FBF8F3);
  --ink: var(--belay-ink, #1F2A2E);
  --muted: var(--belay-muted, #56646A);
  --main: var(--belay-main, #1F5C53);
  --on-main: var(--belay-on-main, #FBF8F3);
  --bot: var(--belay-bot, #DCE9E3);
  --you: var(--belay-you, #F1E7D8);
  --coach: var(--belay-coach, #FFFFFF);
  --care: var(--belay-care, #A4482B);
  --line: var(--belay-line, #DCD5C9);
  --edge: var(--belay-edge, #7B878C);
}
@media (prefers-color-scheme: dark) {
  :host {
    --page: var(--belay-page, #14191B);
    --ink: var(--belay-ink, #E9EEEC);
    --muted: var(--belay-muted, #A3B1B5);
    --main: var(--belay-main, #7FD1C0);
    --on-main: var(--belay-on-main, #14191B);
    --bot: var(--belay-bot, #22302F);
    --you: var(--belay-you, #33302A);
    --coach: var(--belay-coach, #1B2224);
    --care: var(--belay-care, #E8A48C);
    --line: var(--belay-line, #2E373A);
    --edge: var(--belay-edge, #77868B);
  }
}`;

const FRAME = `
:host { display: block; font-size: max(16px, 1rem); block-size: 100%; min-block-size: 20em; max-block-size: 100dvh; }
:host([hidden]), [hidden] { display: none !important; }
.root, .launcher {
  all: initial; box-sizing: border-box; color: var(--ink); font-size: max(16px, 1rem); line-height: 1.5;
  font-family: var(--belay-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif);
}
.root *, .root *::before { box-sizing: border-box; }
.root {
  display: flex; flex-direction: column; container-type: inline-size; overflow: hidden;
  inline-size: 100%; block-size: 100%; min-block-size: inherit; max-block-size: inherit;
  background: var(--page); border: 1px solid var(--line); border-radius: var(--belay-radius, 10px);
}
p, ul, h2 { margin: 0; padding: 0; font-size: 1em; }
ul { list-style: none; }
a { color: var(--main); text-underline-offset: 3px; overflow-wrap: anywhere; }
button, textarea { font: inherit; color: inherit; }
button, .choice, .actions a {
  display: inline-flex; align-items: center; min-block-size: 44px; min-inline-size: 44px; padding: 8px 12px;
  text-align: start; text-decoration: none; color: var(--main); background: none;
  border: 1px solid var(--main); border-radius: 10px; cursor: pointer; transition: background-color 120ms;
}
button:hover, .choice:hover, .actions a:hover { background: var(--bot); }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.scroll:focus-visible { outline-offset: -3px; }
.spoken { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.muted { color: var(--muted); }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 12px 12px 8px; }
header button { justify-content: center; }
.who-is-this { order: 1; inline-size: 100%; display: flex; flex-wrap: wrap; column-gap: 8px; align-items: baseline; }
.name { font-weight: 600; }
.tagline { color: var(--muted); }
.leave { color: var(--ink); border-color: var(--edge); }
.help-now { color: var(--care); border-color: var(--care); }
.help-now.offered { font-weight: 600; border-width: 2px; }
.close { margin-inline-start: auto; border-color: transparent; }
.strands { display: block; flex: none; inline-size: 100%; block-size: 10px; }
.strand { stroke: var(--main); stroke-width: 1.5; }
.strand.ours { stroke: var(--edge); }
.middle { position: relative; flex: 1 1 auto; min-block-size: 0; display: flex; flex-direction: column; }
[role="status"]:empty, .count:empty { display: none; }
.notice { padding: 8px 12px; border-block-start: 1px solid var(--line); color: var(--ink); background: var(--you); }
.composer { padding: 12px; border-block-start: 1px solid var(--line); }
.row { display: flex; gap: 8px; align-items: flex-end; }
textarea {
  flex: 1; min-inline-size: 0; min-block-size: 44px; max-block-size: min(40cqi + 6em, 30dvh); padding: 9px 12px; margin: 0;
  line-height: 1.5; resize: none; background: transparent; border: 1px solid var(--edge); border-radius: 10px; overflow-y: auto;
}
textarea::placeholder { color: var(--muted); opacity: 1; }
.send { background: var(--main); color: var(--on-main); font-weight: 600; }
.send:hover { background: var(--main); text-decoration: underline; }
.send:disabled { background: none; color: var(--muted); border-color: var(--edge); cursor: default; text-decoration: none; }
.count { color: var(--muted); margin-block-end: 8px; }
.count.over { color: var(--care); font-weight: 600; }
.help { position: absolute; inset: 0; overflow: auto; padding: 16px; background: var(--page); display: flex; flex-direction: column; gap: 16px; }
.help > *, .help-body > * { max-inline-size: 62ch; }
.help-head { display: flex; justify-content: space-between; align-items: center; gap: 8px; }
.help h2 { font-weight: 600; font-size: 1.25em; }
.help-body, .help-lines { display: flex; flex-direction: column; gap: 16px; }
.help-lines > li { padding-block-start: 12px; border-block-start: 1px solid var(--line); }
.help-lines li li { display: flex; flex-wrap: wrap; align-items: center; column-gap: 8px; min-block-size: 44px; }
.help-lines a { padding-block: 10px; }
.help-lines + p { padding-block-end: 16px; }
.emergency { padding-inline-start: 12px; border-inline-start: 3px solid var(--care); font-weight: 600; }
.title { font-weight: 600; }
@container (min-width: 27em) {
  header { flex-wrap: nowrap; padding-inline: 16px; }
  .who-is-this { order: 0; inline-size: auto; flex: 1; flex-direction: column; }
  .composer, .scroll, .notice { padding-inline: 16px; }
  .close { margin-inline-start: 0; }
}`;

const TALK = `
.talk { flex: 1 1 auto; min-block-size: 0; display: flex; flex-direction: column; position: relative; }
.scroll { flex: 1 1 auto; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px 12px; }
.scroll > * + *, .turn + *, .day + * { margin-block-start: 16px; }
.scroll > :empty { display: none; }
.live:empty { display: block; margin: 0; }
.intro p { white-space: pre-line; }
.intro p:empty { display: none; }
.intro button { align-self: start; }
.intro { display: flex; flex-direction: column; gap: 8px; max-inline-size: 62ch; }
.turn { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; position: relative; }
.bubble { max-inline-size: min(88%, 62ch); padding: 8px 14px; border-radius: 14px; background: var(--bot); overflow-wrap: anywhere; white-space: pre-wrap; }
.bubble p + p, .keep p + p { margin-block-start: 8px; }
.turn.you { align-items: flex-end; }
.you .bubble { background: var(--you); }
.coach .bubble { background: var(--coach); border: 1px solid var(--line); border-inline-start: 3px solid var(--main); }
.who { font-weight: 600; color: var(--main); }
.caring .bubble { border-inline-start: 3px solid var(--care); }
.waiting .bubble { background: none; border: 1px dashed var(--edge); }
.state { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 8px; color: var(--muted); max-inline-size: 88%; }
.choices { display: flex; flex-direction: column; gap: 8px; inline-size: 100%; max-inline-size: 34em; }
.choice { inline-size: 100%; background: var(--page); }
.choice.quiet { color: var(--muted); border-color: var(--edge); }
.choice.leave { color: var(--ink); border-color: var(--edge); }
.choice.care { color: var(--care); border-color: var(--care); }
.settled > .choice { color: var(--muted); border-color: var(--line); }
.settled > .choice.chosen { color: var(--ink); border-color: var(--edge); border-inline-start: 3px solid var(--main); cursor: default; }
.caring .settled > .choice.care { color: var(--care); border-color: var(--care); }
.day, .typing { color: var(--muted); }
.day { text-align: center; }
.newer { justify-content: center; margin: 8px 12px 0; }`;

const CARDS = `
.card, .body { display: flex; flex-direction: column; gap: 12px; }
.card { inline-size: 100%; max-inline-size: 40em; padding: 12px 16px 16px; background: var(--coach); border: 1px solid var(--main); border-radius: 10px; }
.card.lines { border-color: var(--line); }
.card p { overflow-wrap: anywhere; white-space: pre-wrap; }`;

const LAUNCHED = `
:host([mode="launcher"]) { position: fixed; inset: auto 16px 16px auto; z-index: 2147483000; inline-size: auto; block-size: auto; min-block-size: 0; }
.launcher { position: relative; display: inline-flex; align-items: center; justify-content: center; inline-size: 60px; block-size: 60px; border-radius: 50%; background: var(--main); border: 2px solid var(--page); cursor: pointer; }
.launcher:hover { background: var(--main); }
.launcher:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.launcher .strand { stroke: var(--on-main); stroke-width: 2.5; }
.unread { position: absolute; inset-block-start: 0; inset-inline-end: 0; inline-size: 16px; block-size: 16px; border-radius: 50%; background: var(--care); border: 2px solid var(--page); }
dialog.root:not([open]) { display: none; }
dialog.root { position: fixed; inset: auto 16px 16px auto; margin: 0; inline-size: 400px; block-size: min(680px, 100dvh - 32px); max-block-size: none; }
dialog.root::backdrop { background: none; }
@media (max-width: 480px), (max-height: 480px) {
  dialog.root { inset: 0; inline-size: 100%; max-inline-size: 100%; block-size: var(--seen-height, 100dvh); border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }`;

/** The style sheets of the element, shared by every chat on the page. */
export const sheets = [COLOURS, FRAME, TALK, CARDS, LAUNCHED].map(sheet);

/** Where the panel covers the whole screen, as in the style sheet above. */
export const FULL_SCREEN = "(max-width: 480px), (max-height: 480px)";
