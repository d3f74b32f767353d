// Paper: the whole conversation, or one answer. The date stands on it, since paper outlives what it says.

import { today } from "./plain-text.js";

/** Print `answer` alone, or everything when there is none. */
export function print(frame, say, answer) {
  const row = answer && answer.closest(".turn");
  const question = row && row.previousElementSibling;
  const marked = row ? [row, question].filter(Boolean) : [];
  for (const part of marked) part.classList.add("to-print");
  frame.classList.toggle("prints-one", marked.length > 0);
  frame.classList.toggle("prints-card", Boolean(answer && answer.querySelector(".card")));
  frame.querySelector(".printed-on").textContent = `${say("printed_on", { date: say.date(today()) })} ${say("guidance_only")}`;
  const after = () => {
    frame.classList.remove("prints-one", "prints-card");
    for (const part of marked) part.classList.remove("to-print");
  };
  window.addEventListener("afterprint", after, { once: true });
  window.print();
}
