/** The conversation: what was said in this view, in order, each message once. */

import { bubble, settle, showState } from "./bubble.js";
import { button, el } from "./elements.js";

const NEAR_PX = 90;
const QUIET_MS = 1500;
const PIN = /^\d{4,8}$/;

const shown = ({ secret, text, title }) => (secret ? "•".repeat(4) : (text ?? title));

export class MessageLog {
  #say;
  #act;
  #seen = new Map(); // id -> node
  #earlier = el("div", { class: "earlier" });
  #live = el("div", { class: "live", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
  #typing = el("p", { class: "typing", role: "status" });
  #newer;
  #typingTimer = 0;

  /**
   * @param {Function} say words of the interface
   * @param {{press: Function, leave: Function, retry: Function, server: string}} act
   * @param {...Node} before what stands above the first message
   */
  constructor(say, act, ...before) {
    this.#act = act;
    this.#newer = button("", () => this.toEnd(), { class: "newer", hidden: true });
    this.scroll = el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", onscroll: () => this.#atEnd() && this.#caughtUp() },
      ...before,
      this.#earlier,
      this.#live,
      this.#typing,
    );
    this.node = el("div", { class: "talk" }, this.scroll, this.#newer);
    this.relabel(say);
  }

  relabel(say) {
    this.#say = say;
    this.scroll.setAttribute("aria-label", say("log"));
    this.#live.setAttribute("aria-label", say("log"));
    this.#newer.textContent = say("newer");
  }

  has(id) {
    return this.#seen.has(id);
  }

  /** Shows a message from the server; one that is already here is not shown again. */
  add(message) {
    const known = this.#seen.get(message.id);
    if (known) {
      this.accepted(message.id);
      return;
    }
    if (!this.#keepable(message)) return;
    const stays = this.#atEnd();
    if (message.from === "you") this.#settleAll();
    else this.typing(false);
    const node = bubble(message, this.#say, this.#act);
    this.#seen.set(message.id, node);
    // What was written without a connection was said after everything the server knows.
    this.#live.insertBefore(node, this.#live.querySelector(".held"));
    if (stays) this.#follow(node);
    else this.#newer.hidden = false;
  }

  /** Shows what the person just said, before the server has it. */
  addOwn(entry) {
    if (this.has(entry.id)) return;
    this.#settleAll();
    const node = bubble({ id: entry.id, from: "you", text: shown(entry) }, this.#say, this.#act);
    this.#seen.set(entry.id, node);
    this.#live.append(node);
    this.toEnd();
  }

  accepted(id) {
    const node = this.#seen.get(id);
    node?.classList.remove("waiting", "held");
    if (node) showState(node, "");
  }

  /** A message is on its way: from here on an answer to it can come. */
  trying(id) {
    this.#seen.get(id)?.classList.remove("held");
  }

  /**
   * Marks a message that has not gone out and offers to try again.
   *
   * @param {string} id
   * @param {boolean} held whether there is no connection, so that nothing can answer it yet
   */
  unsent(id, held) {
    const node = this.#seen.get(id);
    if (!node) return;
    node.classList.add("waiting");
    node.classList.toggle("held", held);
    showState(node, this.#say("not_sent"), button(this.#say("retry"), this.#act.retry));
    this.toEnd();
  }

  /** Marks a message that the server will not take, and says why. */
  refused(id, reason) {
    const node = this.#seen.get(id);
    if (!node) return;
    node.classList.remove("waiting", "held");
    showState(node, reason || this.#say("refused"), "");
    this.toEnd();
  }

  /**
   * Puts earlier messages above; they are not announced, the person asked for them.
   *
   * @returns {number} 0 if nothing of them was left to be shown
   */
  prepend(messages) {
    const height = this.scroll.scrollHeight - this.scroll.scrollTop;
    let day = "";
    const nodes = [];
    for (const message of [...messages].sort((a, b) => a.cursor - b.cursor)) {
      if (this.has(message.id) || !this.#keepable(message)) continue;
      const date = new Date(message.at).toLocaleDateString(undefined, { dateStyle: "full" });
      if (message.at && date !== day) nodes.push(el("p", { class: "day" }, (day = date)));
      const node = bubble(message, this.#say, this.#act);
      settle(node.querySelector(".choices"));
      this.#seen.set(message.id, node);
      nodes.push(node);
    }
    this.#earlier.prepend(...nodes);
    this.scroll.scrollTop = this.scroll.scrollHeight - height;
    return nodes.length;
  }

  /** A page that was loaded again shows its messages without reading them all out again. */
  muteForReplay() {
    this.#live.setAttribute("aria-live", "off");
    setTimeout(() => this.#live.setAttribute("aria-live", "polite"), QUIET_MS);
  }

  typing(on, name) {
    clearTimeout(this.#typingTimer);
    // A quick answer needs no notice that it is coming.
    if (on) this.#typingTimer = setTimeout(() => this.#showTyping(name), 500);
    else this.#typing.textContent = "";
  }

  #showTyping(name) {
    const stays = this.#atEnd();
    this.#typing.textContent = this.#say("typing", { name });
    if (stays) this.toEnd();
    this.#typingTimer = setTimeout(() => this.typing(false), 30000);
  }

  clear() {
    this.#seen.clear();
    this.typing(false);
    this.#newer.hidden = true;
    this.#earlier.replaceChildren();
    this.#live.replaceChildren();
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.#caughtUp();
  }

  #caughtUp() {
    this.#newer.hidden = true;
  }

  /** Goes along with the conversation, but never past the beginning of a long message. */
  #follow(node) {
    this.toEnd();
    const above = this.scroll.getBoundingClientRect().top - node.getBoundingClientRect().top;
    if (above <= 0) return;
    this.scroll.scrollTop -= above + 12;
    this.#newer.hidden = false; // its end, with what can be pressed, is further down
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  /** Whether a text is the PIN that the newest words ask for: nobody should read it here. */
  isSecret(text) {
    return PIN.test(text?.trim()) && Boolean(this.#live.querySelector("[data-asks]"));
  }

  #settleAll() {
    for (const turn of this.#live.querySelectorAll("[data-asks]")) {
      delete turn.dataset.asks;
      turn.querySelector("form")?.remove();
    }
    this.#live.querySelectorAll(".turn:not(.caring) > .choices").forEach(settle);
  }

  /** Text that was not kept leaves no empty bubble. */
  #keepable(message) {
    return Boolean(message.text || message.card || message.buttons?.length);
  }
}
