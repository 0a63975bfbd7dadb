/** Earlier messages: only when the person asks for them, a page at a time. */

import { button } from "./elements.js";
import { ask } from "./http.js";

export class Earlier {
  #server;
  #visit;
  #on;
  #before = null;
  #done = false;
  #pin = null;

  /**
   * @param {string} server
   * @param {import("./visit.js").Visit} visit
   * @param {{messages: Function, failed: Function, done: Function}} on
   *   `done` is called when nothing earlier is left
   */
  constructor(server, visit, on) {
    this.#server = server;
    this.#visit = visit;
    this.#on = on;
    this.node = button("", () => this.#show(), { hidden: true });
  }

  /** Offers the button if the server holds something from before this view. */
  offer(resumable) {
    this.node.hidden = !resumable || this.#done;
  }

  /** A new view begins: what was shown is to be asked for again. */
  reset() {
    this.#before = null;
    this.#done = false;
  }

  /** There is nothing from before any more. */
  end() {
    this.#done = true;
    this.node.hidden = true;
  }

  /**
   * What was said in this view, for a page that was loaded again.
   *
   * @returns {Promise<object[] | null>} oldest first; null if it cannot be known now
   */
  async ofThisView() {
    const beginning = this.#visit.before;
    if (beginning === null) return null;
    const found = [];
    try {
      for (let before = null, more = true; more; ) {
        const page = await this.#page(before);
        const ours = page.messages.filter((message) => message.cursor >= beginning);
        found.push(...ours);
        more = page.more && ours.length === page.messages.length;
        before = Math.min(...ours.map((message) => message.cursor));
      }
    } catch (error) {
      // The stream still brings what was not shown yet, and the button shows the rest.
      console.info("belay-chat: this visit's messages could not be fetched.", error.name);
      return null;
    }
    return found.sort((a, b) => a.cursor - b.cursor);
  }

  #page(before) {
    if (this.#pin) return ask(this.#server, "/chat/history", { pin: this.#pin, before });
    return ask(this.#server, `/chat/history${before === null ? "" : `?before=${before}`}`);
  }

  /** A page that the person asked for; where a PIN stands before it, they are asked for it. */
  async #opened(before) {
    try {
      return await this.#page(before);
    } catch (error) {
      if (error.status !== 403) throw error;
      this.#pin = prompt(error.detail);
      if (!this.#pin) throw error;
      return this.#page(before).finally(() => (this.#pin = null));
    }
  }

  async #show() {
    this.node.disabled = true;
    try {
      const { messages, more } = await this.#opened(this.#before ?? this.#visit.before);
      this.#on.messages(messages);
      this.#before = Math.min(...messages.map((message) => message.cursor));
      if (!more || !messages.length) {
        this.end();
        this.#on.done();
      }
    } catch (error) {
      this.#on.failed(error.detail);
    } finally {
      this.node.disabled = false;
    }
  }
}
