/** Help now: the lines a person can turn to, in a panel over the conversation. */

import { button, el } from "./elements.js";
import { digits, helpLine } from "./help-line.js";
import { ask } from "./http.js";
import { link } from "./links.js";

export class HelpPanel {
  #server;
  #say;
  #lines = null;
  #title = el("h2", { tabindex: "-1" });
  #body = el("div", { class: "help-body" });
  #close;
  #page;

  /**
   * @param {string} server
   * @param {Function} say words of the interface
   * @param {() => void} onclose
   */
  constructor(server, say, onclose) {
    this.#server = server;
    this.#say = say;
    this.#close = button("", onclose);
    this.#page = el("a", { href: `${server}/help-now`, target: "_blank", rel: "noopener" });
    this.node = el(
      "section",
      { class: "help", hidden: true },
      el("div", { class: "help-head" }, this.#title, this.#close),
      this.#body,
      el("p", {}, this.#page),
    );
    this.relabel(say);
  }

  relabel(say) {
    this.#say = say;
    this.#title.textContent = say("help_now");
    this.#close.textContent = say("close");
    this.#page.textContent = say("help_page");
    this.node.setAttribute("aria-label", say("help_now"));
    this.#render();
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Shows what is known at once, then what the server says now. */
  async open() {
    this.node.hidden = false;
    this.#title.focus();
    await this.load();
  }

  close() {
    this.node.hidden = true;
  }

  /** Fetches the lines, so that they are at hand even when the connection goes later. */
  async load() {
    try {
      this.#lines = await ask(this.#server, "/chat/help");
    } catch (error) {
      // Shown below: the lines fetched earlier, or the one sentence that needs no server.
      console.info("belay-chat: help lines could not be fetched.", error.name);
    }
    this.#render();
  }

  #render() {
    const say = this.#say;
    if (!this.#lines) {
      this.#body.replaceChildren(el("p", { class: "emergency" }, say("help_offline")));
      return;
    }
    const { emergency, text, lines } = this.#lines;
    this.#body.replaceChildren(
      ...[
        emergency ? el("p", { class: "emergency" }, ...this.#callable(emergency)) : null,
        text ? el("p", {}, text) : null,
        el("ul", { class: "help-lines" }, lines.map((line) => helpLine(line, say))),
      ].filter(Boolean),
    );
  }

  /** The emergency sentence with its number as a link, or a bare number with its word. */
  #callable(emergency) {
    const number = /\d[\d\s-]*\d/.exec(emergency);
    if (!number) return [emergency];
    const end = number.index + number[0].length;
    return [emergency.slice(0, number.index), link(`tel:${digits(number[0])}`, number[0]), emergency.slice(end)];
  }
}
