/** Asking for a PIN, or for a new one, in the look of the chat. What is typed shows as dots. */

import { button, el } from "./elements.js";

const PIN = /^\d{4,8}$/;
let forms = 0;

/**
 * Makes the form.
 *
 * @param {Function} say words of the interface
 * @param {{title: string, fresh?: boolean, back?: string, send: Function, cancel: Function}} ask
 *   `fresh`: a new PIN, which is typed twice; `back`: what stands on the way back; `send` gets the PIN
 * @returns {{node: HTMLFormElement, focus: Function, told: Function, done: Function}}
 */
export function pinForm(say, { title, fresh = false, back = say("cancel"), send, cancel }) {
  const id = `pin-${(forms += 1)}`;
  const said = el("p", { class: "said", id: `${id}-said`, role: "status" });
  const field = (name) =>
    el("input", {
      type: "password",
      id: `${id}-${name}`,
      inputmode: "numeric",
      // Browsers offer to save a password; nobody should find this one in their list.
      autocomplete: "one-time-code",
      maxlength: 8,
      "aria-describedby": said.id,
    });
  const labelled = (word, input) => [el("label", { for: input.id }, word), input];
  const first = field("first");
  const again = fresh ? field("again") : null;
  const go = el("button", { type: "submit" }, fresh ? say("pin_keep") : say("pin_open"));
  let timer = 0;

  /** Says what is wrong where a screen reader hears it, and where to go on. */
  const wrong = (text, where) => {
    // The same sentence a second time is news too.
    said.textContent = "";
    requestAnimationFrame(() => {
      said.textContent = text;
      node.scrollIntoView({ block: "nearest" });
    });
    where.setAttribute("aria-invalid", "true");
    where.focus();
    where.select();
  };
  const check = () => {
    for (const input of [first, again]) input?.removeAttribute("aria-invalid");
    if (!PIN.test(first.value)) return wrong(say("pin_unfit"), first);
    if (again && again.value !== first.value) return wrong(say("pin_differ"), again);
    said.textContent = "";
    go.disabled = true;
    return send(first.value);
  };
  const node = el(
    "form",
    {
      class: "pin",
      novalidate: true,
      "aria-labelledby": `${id}-title`,
      onsubmit: (event) => {
        event.preventDefault();
        if (!go.disabled) check();
      },
    },
    el("p", { class: "title", id: `${id}-title` }, title),
    ...labelled(say("pin"), first),
    ...(again ? labelled(say("pin_again"), again) : []),
    said,
    el("div", { class: "actions" }, go, button(back, cancel, { class: "plain" })),
  );
  return {
    node,
    focus: () => first.focus(),
    /** The PIN was not taken. With seconds, no other is until they are over. */
    told(text, seconds = 0) {
      clearTimeout(timer);
      first.value = "";
      go.disabled = seconds > 0;
      const at = new Date(Date.now() + seconds * 1000);
      const time = at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
      wrong(seconds ? say("pin_wait", { time }) : text, first);
      if (seconds) timer = setTimeout(() => (go.disabled = false), seconds * 1000);
    },
    done() {
      clearTimeout(timer);
      first.value = "";
      node.remove();
    },
  };
}
