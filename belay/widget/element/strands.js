/** The motif: two strands that run side by side and sometimes twist. Decoration only. */

import { svg } from "./elements.js";

const strand = (d, name) =>
  svg("path", { d, class: `strand ${name}`, fill: "none", "vector-effect": "non-scaling-stroke" });

/** A thin line across the header or a card, twisting once. */
export function strandLine() {
  return svg(
    "svg",
    { class: "strands", viewBox: "0 0 400 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    strand("M0 3H130C160 3 160 7 190 7S220 3 250 3H400", "mine"),
    strand("M0 7H130C160 7 160 3 190 3S220 7 250 7H400", "ours"),
  );
}

/** The launcher's sign: the same two strands, upright. */
export function strandSign() {
  return svg(
    "svg",
    { class: "sign", viewBox: "0 0 32 32", width: 32, height: 32, "aria-hidden": "true" },
    strand("M11 3V9C11 13 21 13 21 17S11 21 11 25V29", "mine"),
    strand("M21 3V9C21 13 11 13 11 17S21 21 21 25V29", "ours"),
  );
}
