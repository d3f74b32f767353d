// Mask personal data before it is kept or sent. The rules are the gateway's own file, applied in its order;
// the gateway masks again, so a rule this browser cannot compile is skipped here and still holds there.

// Formatting that a phone pastes along with a number and that would hide it from the rules. The gateway removes the same
// signs; the joiners U+200C and U+200D stay, since Urdu spelling uses them.
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

export class Masking {
  rules = [];
  isLoaded = false;

  take(rules) {
    this.rules = [];
    for (const { kind, pattern, flags, replacement } of rules) {
      try {
        this.rules.push({ kind, replacement, pattern: new RegExp(pattern, withGlobal(flags || "")) });
      } catch {
        // An old browser without look-behind, say.
      }
    }
  }

  /** Fetch the rules unless they are here. Without them the gateway's masking still stands. */
  async load() {
    if (this.isLoaded) return;
    try {
      const response = await fetch(new URL("masking.json", import.meta.url), { credentials: "same-origin" });
      if (!response.ok) return;
      this.take((await response.json()).rules);
      this.isLoaded = true;
    } catch {
      // Asked for again before the next question is kept.
    }
  }

  /** The text with every match replaced, and the kinds that were found, in the order of the rules. */
  mask(text) {
    const kinds = [];
    let masked = text.replace(INVISIBLE, "");
    for (const rule of this.rules) {
      const before = masked;
      masked = masked.replace(rule.pattern, () => rule.replacement);
      if (masked !== before && !kinds.includes(rule.kind)) kinds.push(rule.kind);
    }
    return { text: masked, kinds };
  }

  /** The kinds whose placeholder stands in a text that was masked earlier, here or at the gateway. */
  kindsIn(text) {
    const kinds = this.rules.filter((rule) => text.includes(rule.replacement)).map((rule) => rule.kind);
    return [...new Set(kinds)];
  }
}

function withGlobal(flags) {
  return flags.includes("g") ? flags : `${flags}g`;
}
