/** The second file: what `more.js` fetches when it is wanted. */

import { History } from "./history.js";
import { cardBody } from "./keeping.js";
import { withMarks } from "./marks.js";
import { moreSheets } from "./more-styles.js";
import { askSecret } from "./secret.js";

export const parts = { History, askSecret, cardBody, withMarks, sheets: moreSheets };
