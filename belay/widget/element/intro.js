/** What stands above the first message: the page's own line, who Belay is, linking a device. */

import { button, el } from "./elements.js";

export class Intro {
  #start = el("p");
  #text = el("p");
  #note = el("p", { class: "muted" });
  #link;

  /** @param {() => void} onlink the person wants to link another device */
  constructor(onlink) {
    this.#link = button("", onlink, { hidden: true });
    this.node = el("div", { class: "intro" }, this.#start, this.#text, this.#note, this.#link);
  }

  relabel(say) {
    this.#link.textContent = say("link_device");
  }

  set start(text) {
    this.#start.textContent = text;
  }

  /** The view is open: Belay's introduction, and linking where there is something to share. */
  opened(text, note, resumable) {
    this.#text.textContent = text;
    this.#note.textContent = note;
    this.#link.hidden = !resumable;
  }
}
