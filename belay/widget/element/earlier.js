/** Earlier messages: offered here, shown only when the person asks, by the second file. */

import { button, el } from "./elements.js";
import { fetchMore } from "./more.js";

export class Earlier {
  #make;
  #on;
  #history = null;
  #done = false;
  #button = button("", () => this.#show(), { hidden: true });

  /**
   * @param {string} server
   * @param {import("./visit.js").Visit} visit
   * @param {{messages: Function, failed: Function, done: Function, say: Function}} on
   *   `done` is called when nothing earlier is left; `say` gives a word of the interface
   */
  constructor(server, visit, on) {
    this.#on = on;
    this.#make = (parts) => new parts.History(server, visit, this.#button, { ...on, end: () => this.end() });
    this.node = el("div", { class: "before" }, this.#button);
  }

  relabel(say) {
    this.#button.textContent = say("show_earlier");
  }

  /** Offers the button if the server holds something from before this view. */
  offer(resumable) {
    this.#button.hidden = !resumable || this.#done || Boolean(this.#history?.asking);
  }

  /** A new view begins: what was shown is to be asked for again, PIN and all. */
  reset() {
    this.#history?.close();
    this.#history = null;
    this.#done = false;
  }

  /** There is nothing from before any more. */
  end() {
    this.#history?.close();
    this.#done = true;
    this.#button.hidden = true;
  }

  /**
   * What was said in this view, for a page that was loaded again.
   *
   * @param {object} [question] what is still open: it comes last, also where it is not kept
   * @returns {Promise<{messages: object[], whole?: boolean}>} oldest first; `whole`: all there is
   */
  async ofThisView(question) {
    const history = await this.#known().catch(() => null); // noted where it failed
    return history?.ofThisView(question) ?? { messages: question ? [question] : [] };
  }

  async #known() {
    const parts = await fetchMore();
    this.#history ??= this.#make(parts);
    return this.#history;
  }

  async #show() {
    this.#button.disabled = true;
    const history = await this.#known().catch(() => null);
    this.#button.disabled = false;
    if (history) await history.show();
    else this.#on.failed(this.#on.say("part_missing"));
  }
}
