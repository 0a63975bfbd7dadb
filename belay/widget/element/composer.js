/** Where the person writes. The focus stays here; a draft is never lost to a lost line. */

import { el } from "./elements.js";

const LIMIT = 4000; // characters, as the server counts them
const NEAR = 3600;

export class Composer {
  #say;
  #count = el("p", { class: "count", id: "count" });
  #send = el("button", { type: "submit", class: "send" });
  #field;

  /**
   * @param {Function} say words of the interface
   * @param {(text: string) => void} onsend
   * @param {(text: string) => void} ondraft called with every change
   */
  constructor(say, onsend, ondraft) {
    this.#field = el("textarea", {
      rows: 1,
      enterkeyhint: "send",
      autocomplete: "off",
      "aria-describedby": "count",
      oninput: () => {
        this.#measure();
        ondraft(this.#field.value);
      },
      onkeydown: (event) => {
        // Enter also ends a word in input methods; only a bare Enter sends.
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.node.requestSubmit();
      },
    });
    this.node = el(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          const text = this.#field.value.trim();
          if (!text || this.#length > LIMIT) return;
          this.text = "";
          ondraft("");
          onsend(text);
          this.focus();
        },
      },
      this.#count,
      el("div", { class: "row" }, this.#field, this.#send),
    );
    // Pressing Send with a finger would take the focus, and the keyboard, away.
    this.#send.addEventListener("mousedown", (event) => event.preventDefault());
    this.relabel(say);
  }

  relabel(say, placeholder) {
    this.#say = say;
    this.#send.textContent = say("send");
    this.#field.placeholder = placeholder ?? say("placeholder");
    this.#field.setAttribute("aria-label", this.#field.placeholder);
    this.#measure();
  }

  set text(text) {
    this.#field.value = text;
    this.#measure();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  get #length() {
    return Array.from(this.#field.value.trim()).length;
  }

  #measure() {
    const length = this.#length;
    const over = length > LIMIT;
    this.#count.classList.toggle("over", over);
    // Counting aloud at every key would drown the words; only being over is announced.
    this.#count.setAttribute("aria-live", over ? "polite" : "off");
    this.#field.setAttribute("aria-invalid", String(over));
    const values = { n: length.toLocaleString(), max: LIMIT.toLocaleString() };
    this.#count.textContent = length < NEAR ? "" : this.#say(over ? "too_long" : "count", values);
    this.#send.disabled = over;
    this.#field.style.height = "auto";
    if (this.#field.scrollHeight) {
      const borders = this.#field.offsetHeight - this.#field.clientHeight;
      this.#field.style.height = `${this.#field.scrollHeight + borders}px`;
    }
  }
}
