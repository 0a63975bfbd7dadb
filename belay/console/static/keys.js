/* j and k move through rows, Enter opens (a link does that by itself), s marks as seen. */
(() => {
  const STORE = "belay-console-keys";
  const hints = document.querySelector("[data-keys]");
  const toggle = document.querySelector("[data-keys-switch]");
  let on = localStorage.getItem(STORE) !== "off";

  function stops() {
    return [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  }

  function current(rows) {
    const here = document.activeElement;
    const inside = here.closest?.("[data-flag]")?.querySelector("[data-row]");
    const place = rows.indexOf(inside ?? here);
    return place >= 0 ? place : rows.findIndex((row) => row.hasAttribute("aria-current"));
  }

  function move(step) {
    const rows = stops();
    if (!rows.length) return;
    const place = current(rows);
    const next = place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + step));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  // Where each event stands by itself, s takes the one that has the focus and no other.
  function markSeen() {
    const here = document.activeElement.closest?.("[data-flag]");
    const alone = document.querySelector("[data-flag]:not([data-stop]) [data-seen]");
    (here?.querySelector("[data-seen]") ?? (here ? null : alone))?.click();
  }

  function typing(target) {
    return target.closest?.("input, textarea, select, [contenteditable]");
  }

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = { j: () => move(1), k: () => move(-1), s: markSeen }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  function show() {
    toggle.textContent = on ? "Turn keys off" : "Turn keys on";
  }
  if (hints && toggle) {
    hints.hidden = false;
    show();
    toggle.addEventListener("click", () => {
      on = !on;
      localStorage.setItem(STORE, on ? "on" : "off");
      show();
    });
  }
})();
