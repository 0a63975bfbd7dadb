/** What stands in a card to keep: a finished statement, a file, progress. */

import { button, el } from "./elements.js";
import { link, paragraphs } from "./links.js";
import { progress } from "./progress.js";

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
  const words = el("div", { class: "keep" }, ...paragraphs(card.text, false));
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
    ...(own ? [el("div", { class: "actions" }, link(url.href, say("download"), { download: "" }))] : []),
  ];
}

const KINDS = {
  statement,
  download,
  progress: (card, say) => [...paragraphs(card.text), ...progress(card.points ?? [], say, card.weeks ?? [])],
};

/** What stands under the title of a statement, a download or a progress card. */
export const cardBody = (card, say, act) => KINDS[card.kind](card, say, act);
