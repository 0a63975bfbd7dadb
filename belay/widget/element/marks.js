/** A client's draft with its parts named, and what is said about them beneath. */

import { el } from "./elements.js";
import { paragraphs } from "./links.js";

const LOOKS = new Set([
  "happened", "feeling", "need", "request", "limit", "will", "will_do", "strength", "issue",
]);
let tips = 0;

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
function spans(text, marks) {
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
 * Paragraphs of a message with marks.
 *
 * A mark of kind "draft" says how far the client's words go; what follows is said about them, and
 * is tied to the words that it is about.
 */
export function withMarks(text, marks, links = true) {
  const draft = marks.find((mark) => mark.kind === "draft");
  if (!draft) return [drafted(text, marks)];
  const characters = Array.from(text);
  const named = marks.filter((mark) => mark !== draft);
  const id = `tip-${(tips += 1)}`;
  const own = drafted(characters.slice(0, draft.end).join(""), named, id);
  const said = paragraphs(characters.slice(draft.end).join("").trim(), links);
  if (said.length && named.some((mark) => mark.tip)) {
    said[0].id = id;
    said[0].className = "tip";
  }
  return [own, ...said];
}
