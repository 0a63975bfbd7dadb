/** Earlier messages, a page at a time, behind the person's PIN where they set one. */

import { el } from "./elements.js";
import { ask } from "./http.js";
import { pinForm } from "./pin-form.js";

export class History {
  #server;
  #visit;
  #button;
  #on;
  #before = null;
  #pin = null;
  #form = null;
  #shown = 0;

  /**
   * @param {string} server
   * @param {import("./visit.js").Visit} visit
   * @param {HTMLButtonElement} button what the person pressed; a question for the PIN takes its place
   * @param {Record<"messages" | "failed" | "done" | "end" | "say", Function>} on
   */
  constructor(server, visit, button, on) {
    this.#server = server;
    this.#visit = visit;
    this.#button = button;
    this.#on = on;
  }

  /** Whether the PIN is being asked for. */
  get asking() {
    return this.#form !== null;
  }

  /**
   * What was said in this view, oldest first, and the open question as it is now.
   *
   * @param {object} [question]
   * @returns {Promise<{messages: object[], whole: boolean}>} not `whole` if it cannot be known now
   */
  async ofThisView(question) {
    const said = await this.#saidInThisView();
    const messages = (said ?? []).filter(({ id }) => id !== question?.id);
    return { messages: question ? [...messages, question] : messages, whole: Boolean(said) };
  }

  async #saidInThisView() {
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

  /** Shows the next page, or asks for the PIN that it needs. */
  async show() {
    const asked = this.asking;
    this.#button.disabled = true;
    try {
      const { messages, more } = await this.#page(this.#before ?? this.#visit.before);
      this.close();
      this.#shown += this.#on.messages(messages);
      this.#before = Math.min(...messages.map((message) => message.cursor));
      this.#button.disabled = false;
      if (asked) this.#button.focus(); // where the typing was, nothing is any more
      if (more && messages.length) return;
      this.#on.end();
      // Pressed, and nothing to be seen: whoever chose that no words are kept is told so.
      if (!this.#shown) {
        const told = el("p", { class: "muted", role: "status" });
        this.#button.after(told);
        told.textContent = this.#on.say("nothing_kept");
      }
      this.#on.done();
    } catch (error) {
      this.#button.disabled = false;
      this.#failed(error);
    }
  }

  close() {
    if (!this.#form) return;
    this.#form.done();
    this.#form = null;
    this.#button.hidden = false;
  }

  #page(before) {
    if (this.#pin) return ask(this.#server, "/chat/history", { pin: this.#pin, before });
    return ask(this.#server, `/chat/history${before === null ? "" : `?before=${before}`}`);
  }

  #failed(error) {
    if (this.#form) {
      this.#pin = null;
      this.#form.told(error.detail || this.#on.say("offline"), error.status === 429 ? error.retryAfter : 0);
    } else if (error.status === 403) {
      this.#askPin(error.detail);
    } else {
      this.#on.failed(error.detail);
    }
  }

  #askPin(title) {
    this.#pin = null;
    this.#form = pinForm(this.#on.say, {
      title,
      send: (pin) => {
        this.#pin = pin;
        this.show();
      },
      cancel: () => {
        this.close();
        this.#button.focus();
      },
    });
    this.#button.after(this.#form.node);
    this.#button.hidden = true;
    this.#form.focus();
  }
}
