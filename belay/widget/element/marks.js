/** The text of a message: paragraphs, links, and the named parts of a draft. */

import { el } from "./elements.js";

const LINK = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;
const KINDS = new Set(["happened", "feeling", "need", "request", "limit", "will_do"]);

/** Only these lead out of the chat; anything else in an address is shown as plain text. */
const SAFE = /^(https?|tel|sms):/i;

/** A link that opens beside the chat and does not say where it came from. */
export function link(href, text, attributes = {}) {
  if (!SAFE.test(href)) return document.createTextNode(text);
  const outside = /^http/i.test(href) ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return el("a", { href, ...outside, ...attributes }, text);
}

function withLinks(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index), link(found[0], found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

function marked(words, mark) {
  const kind = KINDS.has(mark.kind) ? mark.kind : "other";
  return el(
    "mark",
    { class: kind },
    el("span", { class: "words" }, words),
    " ",
    // Colour and underline are for the eye only; the name says it to everyone.
    el("span", { class: "name" }, `(${mark.name})`),
  );
}

/**
 * Splits a text at its marks.
 *
 * Offsets count characters as Python does (code points), not UTF-16 units. A mark that does
 * not fit the text or overlaps an earlier one is left out; the text itself is always whole.
 *
 * @param {string} text
 * @param {{start: number, end: number, kind: string, name: string}[]} marks
 */
export function spans(text, marks) {
  const characters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < at || mark.end <= mark.start || mark.end > characters.length) continue;
    parts.push({ text: characters.slice(at, mark.start).join(""), mark: null });
    parts.push({ text: characters.slice(mark.start, mark.end).join(""), mark });
    at = mark.end;
  }
  parts.push({ text: characters.slice(at).join(""), mark: null });
  return parts.filter((part) => part.text);
}

/** Paragraphs of a message. A client's own words get no links. */
export function paragraphs(text, marks = [], links = true) {
  if (marks.length) {
    const parts = spans(text, marks);
    const nodes = parts.map((part) => (part.mark ? marked(part.text, part.mark) : part.text));
    return [el("p", { class: "draft" }, ...nodes)];
  }
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim())
    .map((part) => el("p", {}, ...(links ? withLinks(part) : [part])));
}
