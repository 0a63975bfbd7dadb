/** A PIN that a message asks for gets a form of its own: it never stands in the conversation. */

import { pinForm } from "./pin-form.js";

/** Puts the form under a message, with the message's way back in it. */
export function askSecret(node, { asks, buttons }, say, act) {
  if (!node.dataset.asks) return; // answered otherwise meanwhile
  const back = buttons?.at(-1);
  const fresh = asks === "new_pin";
  const form = pinForm(say, {
    title: fresh ? say("new_pin") : say("old_pin"),
    fresh,
    back: back?.title,
    send: (pin) => act.press({ text: pin }),
    cancel: () => (back ? act.press({ button: back.value, title: back.title }) : form.done()),
  });
  node.querySelector(".choices")?.remove();
  node.append(form.node);
  act.secret(form);
}
