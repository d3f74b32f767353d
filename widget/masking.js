// Mask personal data before it is kept or sent. The rules are the gateway's own file, applied in its order;
// the gateway masks again, so a rule this browser cannot compile is skipped here and still holds there.

// Formatting that a phone pastes along with a number and that would hide it from the rules. The gateway removes the same
// signs; the joiners U+200C and U+200D stay, since Urdu spelling uses them.
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

export class Masking {
  rules = [];
  isLoaded = false;

  take(rules, parts = {}) {
    this.rules = [];
    const known = {};
    for (const [name, part] of Object.entries(parts)) known[name] = filled(part, known);
    for (const { kind, pattern, flags, replacement } of rules) {
      try {
        this.rules.push({ kind, replacement, pattern: new RegExp(filled(pattern, known), withGlobal(flags || "")) });
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
      const { rules, parts } = await response.json();
      this.take(rules, parts);
      this.isLoaded = true;
    } catch {
      // Asked for again before the next question is kept.
    }
  }

  /** The text with every match replaced until no rule finds anything, and the kinds, in the order they were found. */
  mask(text) {
    const kinds = [];
    let masked = text.replace(INVISIBLE, "");
    let before;
    do {
      before = masked;
      for (const rule of this.rules) {
        const earlier = masked;
        // A first group is a cue such as "name is", which stays; without groups the second argument is a number.
        masked = masked.replace(rule.pattern, (_, kept) => (typeof kept === "string" ? kept : "") + rule.replacement);
        if (masked !== earlier && !kinds.includes(rule.kind)) kinds.push(rule.kind);
      }
    } while (masked !== before);
    return { text: masked, kinds };
  }

  /** The kinds whose placeholder stands in a text that was masked earlier, here or at the gateway. */
  kindsIn(text) {
    const kinds = this.rules.filter((rule) => text.includes(rule.replacement)).map((rule) => rule.kind);
    return [...new Set(kinds)];
  }
}

function filled(pattern, parts) {
  return pattern.replace(/\{\{([a-z]+)\}\}/g, (_, name) => parts[name]);
}

function withGlobal(flags) {
  return flags.includes("g") ? flags : `${flags}g`;
}
