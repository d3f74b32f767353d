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

  reply(reply, turn, say) {
    const steps = reply.steps || [];
    const words = reply.lead || steps.length > 0 ? [reply.lead, ...steps.map((step, at) => `${at + 1}. ${step}`)] : [reply.text];
    const contacts = (reply.contacts || []).map((contact) => {
      return `${contact.label}: ${contact.number} (${say.of("contact", contact.state, say("contact.check_first"))})`;
    });
    return [
      `${say("question_was")}: ${turn.text}`,
      "",
      reply.notice,
      ...words,
      ...contacts,
      say.sentence("caution", reply.caution) ? `${say("caution")}: ${say.sentence("caution", reply.caution)}` : null,
      "",
      `${say("sources")}:`,
      ...reply.citations.map((citation) => `- ${plainText.source(citation, say)}`),
      "",
      say("guidance_only"),
      say("copied_on", { date: say.date(today()) }),
    ]
      .filter((part) => part !== null && part !== undefined)
      .join("\n");
  },
};

function today() {
  return new Date().toISOString().slice(0, 10);
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
