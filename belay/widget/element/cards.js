/** Cards: a finished statement, progress, a download, lines to turn to. */

import { button, el } from "./elements.js";
import { helpLine } from "./help.js";
import { link, paragraphs } from "./marks.js";
import { progress } from "./progress.js";
import { strandLine } from "./strands.js";

const COPIED_MS = 3000;

/** Copies text; where the browser refuses, selects it so that the person can copy by hand. */
async function copy(text, { from, pressed, told }, say) {
  try {
    await navigator.clipboard.writeText(text);
    pressed.textContent = told.textContent = say("copied");
    told.classList.add("spoken");
    setTimeout(() => (pressed.textContent = say("copy")), COPIED_MS);
  } catch (refused) {
    // No clipboard on plain http or in some frames.
    console.info("belay-chat: the clipboard is not available here.", refused.name);
    told.classList.remove("spoken");
    getSelection().selectAllChildren(from);
    told.textContent = say("copy_by_hand");
  }
}

function statement(card, say, act) {
  const words = el("div", { class: "keep" }, ...paragraphs(card.text, [], false));
  const told = el("p", { class: "told", role: "status" });
  const press = (value, key) =>
    value ? button(say(key), () => act.press({ button: value, title: say(key) })) : null;
  const pressed = button(say("copy"), () => copy(card.text, { from: words, pressed, told }, say));
  return [
    words,
    el(
      "div",
      { class: "actions" },
      pressed,
      press(card.edit, "edit"),
      press(card.delete, "delete"),
    ),
    told,
  ];
}

function download(card, say, act) {
  // Only Belay's own files: an address elsewhere would be a link, not a download.
  const url = new URL(card.url, `${act.server}/`);
  const own = url.origin === new URL(act.server).origin;
  return [
    ...paragraphs(card.text),
    own ? el("div", { class: "actions" }, link(url.href, say("download"), { download: "" })) : null,
  ];
}

const lines = (card, say) => [
  ...paragraphs(card.text),
  ...(card.lines?.length ? [el("ul", { class: "help-lines" }, card.lines.map((line) => helpLine(line, say)))] : []),
];

const KINDS = {
  statement,
  download,
  lines,
  progress: (card, say) => [...paragraphs(card.text), ...progress(card.points ?? [], say, card.weeks ?? [])],
};

/**
 * One card.
 *
 * @param {object} card as the server sends it; an unknown kind is shown as title and text
 * @param {Function} say words of the interface
 * @param {{press: Function, server: string}} act what a card can set off
 */
export function cardOf(card, say, act) {
  const body = KINDS[card.kind] ?? lines;
  return el(
    "div",
    { class: `card ${card.kind}`, role: "group", "aria-label": card.title },
    strandLine(),
    el("p", { class: "title" }, card.title),
    ...body(card, say, act),
  );
}
