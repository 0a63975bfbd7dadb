/** The text of a message: paragraphs, links, and the named parts of a draft. */

import { el } from "./elements.js";

const LINK = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;
const LOOKS = new Set([
  "happened", "feeling", "need", "request", "limit", "will", "will_do", "strength", "issue",
]);
let tips = 0;

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

function marked(words, mark, tip) {
  const look = [mark.part, mark.kind].find((name) => LOOKS.has(name)) ?? "other";
  return el(
    "mark",
    { class: look, "aria-describedby": mark.tip ? tip : null },
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

function drafted(text, marks, tip) {
  const parts = spans(text, marks);
  return el("p", { class: "draft" }, ...parts.map((part) => (part.mark ? marked(part.text, part.mark, tip) : part.text)));
}

/**
 * Paragraphs of a message. A client's own words get no links.
 *
 * A mark of kind "draft" says how far the client's words go; what follows is said about them, and
 * is tied to the words that it is about.
 */
export function paragraphs(text, marks = [], links = true) {
  const draft = marks.find((mark) => mark.kind === "draft");
  if (draft) {
    const characters = Array.from(text);
    const named = marks.filter((mark) => mark !== draft);
    const id = `tip-${(tips += 1)}`;
    const own = drafted(characters.slice(0, draft.end).join(""), named, id);
    const said = paragraphs(characters.slice(draft.end).join("").trim(), [], links);
    if (said.length && named.some((mark) => mark.tip)) {
      said[0].id = id;
      said[0].className = "tip";
    }
    return [own, ...said];
  }
  if (marks.length) return [drafted(text, marks)];
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim())
    .map((part) => el("p", {}, ...(links ? withLinks(part) : [part])));
}
