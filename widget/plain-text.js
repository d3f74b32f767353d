// An answer as plain text, for copying and for paper. It never leaves without its sources, their dates, the review
// state and "guidance only, not legal advice".

export const plainText = {
  /** One source on one line. */
  source(citation, say) {
    return [
      `${citation.title}: ${citation.heading}`,
      say.of("authority", citation.authority),
      say.of("jurisdiction", citation.jurisdiction),
      `${say("in_force_from")} ${say.date(citation.in_force_from)}`,
      `${say("checked_on")} ${say.date(citation.checked_on)}`,
      say.of("review_short", citation.review_status),
      ...(citation.sources || []).map((source) => `${source.title} ${source.url}`),
    ].join("; ");
  },

  /** One line a document, short enough for a card that must stay on one page: a copy has sections and links. */
  documents(citations, say) {
    const numbers = new Map();
    citations.forEach((citation, at) => {
      const about = ["authority", "jurisdiction"].map((list) => say.of(list, citation[list]));
      const checked = `${say("checked_on")} ${say.date(citation.checked_on)}`;
      const words = [citation.title, ...about, say.of("review_short", citation.review_status), checked].join("; ");
      numbers.set(words, [...(numbers.get(words) || []), `[${at + 1}]`]);
    });
    return [...numbers].map(([words, cited]) => `${cited.join(" ")} ${words}`);
  },

  reply(reply, turn, say) {
    const contacts = (reply.contacts || []).map((contact) => {
      return `${contact.label}: ${contact.number} (${say.of("contact", contact.state, say("contact.check_first"))})`;
    });
    const caution = say.sentence("caution", reply.caution);
    return [
      ...(reply.card ? cardLines(reply.card, say) : [`${say("question_was")}: ${turn.text}`, "", reply.notice, ...answerLines(reply), ...besideLines(reply)]),
      ...contacts,
      caution ? `${say("caution")}: ${caution}` : null,
      "",
      `${say("sources")}:`,
      ...reply.citations.map((citation, at) => `[${at + 1}] ${plainText.source(citation, say)}`),
      "",
      say("guidance_only"),
      say("copied_on", { date: say.date(today()) }),
    ]
      .filter((part) => part !== null && part !== undefined)
      .join("\n");
  },
};

function answerLines({ lead, steps = [], text }) {
  return lead || steps.length > 0 ? [lead, ...steps.map((step, at) => `${at + 1}. ${step}`)] : [text];
}

function besideLines({ beside }) {
  return beside ? ["", beside.label, ...beside.lines, ""] : [];
}

function cardLines({ title, facts = [], steps }, say) {
  const stepLine = (step, at) => {
    const within = step.within_hours ? ` (${say.within(step.within_hours)})` : "";
    return `${at + 1}. ${step.text}${within} [${step.citation + 1}]`;
  };
  return [title, ...facts.map((fact) => `${fact.label}: ${fact.value}`), "", ...steps.map(stepLine)];
}

/** Today where the officer is, as a date without time. */
export function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Copy a text. The clipboard API is missing on plain http; the old command is the way there. True when it worked. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

/** Hand a text to another app of the device. True also when the officer thought better of it. */
export async function share(text) {
  try {
    await navigator.share({ text });
    return true;
  } catch (error) {
    return error.name === "AbortError";
  }
}

function copyByCommand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  field.setAttribute("aria-hidden", "true");
  field.style.position = "fixed";
  field.style.insetBlockStart = "-100vh";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
