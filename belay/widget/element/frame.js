/** The frame around the conversation: header, notices, help panel, writing place, launcher. */

import { button, el } from "./elements.js";
import { strandLine, strandSign } from "./strands.js";
import { FULL_SCREEN } from "./styles.js";

/**
 * Builds what stands around the parts that have a life of their own.
 *
 * "Leave" is the first thing that Tab reaches.
 *
 * @param {boolean} launched whether a launcher opens the chat as a panel
 * @param {{leave: Function, help: Function, close: Function, open: Function}} act
 * @param {{talk: Node, help: Node, composer: Node}} parts
 */
export function buildFrame(launched, act, parts) {
  const name = el("p", { class: "name" });
  const tagline = el("p", { class: "tagline" });
  const leave = button("", act.leave, { class: "leave" });
  const help = button("", act.help, { class: "help-now", "aria-expanded": "false" });
  const close = button("", act.close, { class: "close", hidden: !launched });
  const notice = el("p", { class: "notice", role: "status" });
  const dot = el("span", { class: "unread", hidden: true });
  const launcher = button("", act.open, { class: "launcher", hidden: !launched, "aria-haspopup": "dialog" });
  launcher.append(strandSign(), dot);
  const root = el(
    launched ? "dialog" : "section",
    { class: "root" },
    el("header", {}, el("div", { class: "who-is-this" }, name, tagline), leave, help, close),
    strandLine(),
    el("div", { class: "middle" }, parts.talk, parts.help),
    notice,
    parts.composer,
  );
  let words = (key) => key;
  const nameLauncher = () =>
    launcher.setAttribute("aria-label", words("open") + (dot.hidden ? "" : `, ${words("unread")}`));
  // On a phone the panel ends where the on-screen keyboard begins.
  const fit = () => root.style.setProperty("--seen-height", `${visualViewport.height}px`);
  visualViewport?.addEventListener("resize", fit);

  return {
    root,
    launcher,
    help,
    relabel(say) {
      words = say;
      name.textContent = say("bot");
      tagline.textContent = say("bot_tagline");
      leave.textContent = say("leave");
      help.textContent = say("help_now");
      close.textContent = say("close");
      root.setAttribute("aria-label", say("bot"));
      nameLauncher();
    },
    /** A notice about the connection; an empty text takes it away. */
    set notice(text) {
      if (notice.textContent !== text) notice.textContent = text;
    },
    /** Opens the panel or closes it; the focus goes in, and back to the launcher. */
    show(on, focus) {
      launcher.hidden = on;
      if (on === root.open) return;
      const within = Boolean(root.getRootNode().activeElement);
      if (!on) {
        root.close();
        if (within) launcher.focus();
        return;
      }
      // Over the whole screen nothing behind may be reached; beside a page everything may.
      if (matchMedia(FULL_SCREEN).matches) root.showModal();
      else root.show();
      dot.hidden = true;
      nameLauncher();
      fit();
      focus();
    },
    /** Whether something arrived while the panel was closed. */
    set unread(on) {
      dot.hidden = !on;
      nameLauncher();
    },
  };
}
