/** Cards: lines to turn to at once; what is kept, drawn or saved with the second file. */

import { el } from "./elements.js";
import { helpLine } from "./help-line.js";
import { paragraphs } from "./links.js";
import { drawn } from "./more.js";
import { strandLine } from "./strands.js";

const DRAWN = new Set(["statement", "download", "progress"]);

/**
 * One card.
 *
 * @param {object} card as the server sends it; an unknown kind is shown as title and text
 * @param {Function} say words of the interface
 * @param {{press: Function, server: string}} act what a card can set off
 */
export function cardOf(card, say, act) {
  const words = paragraphs(card.text);
  const body = el("div", { class: "body" }, ...words);
  if (DRAWN.has(card.kind)) drawn(body, words, (parts) => parts.cardBody(card, say, act), say);
  else if (card.lines?.length) {
    body.append(el("ul", { class: "help-lines" }, card.lines.map((line) => helpLine(line, say))));
  }
  return el(
    "div",
    { class: `card ${card.kind}`, role: "group", "aria-label": card.title },
    strandLine(),
    el("p", { class: "title" }, card.title),
    body,
  );
}
