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
    { class: "sign", viewBox: "0 0 32 32", width: 44, height: 44, "aria-hidden": "true" },
    strand("M12 4V9C12 13 20 12 20 16S12 19 12 23V28", "mine"),
    strand("M20 4V9C20 13 12 12 12 16S20 19 20 23V28", "ours"),
  );
}
