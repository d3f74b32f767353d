// What the browser keeps. The conversation itself is the gateway's: it lives 24 hours there and is fetched again.
// Unsent questions stay in the tab (gone when it closes) and only after masking; language and province stay on the device.

const PREFIX = "guidebook.";

/** A box of JSON values that never throws: a browser that forbids storage loses memory, not function. */
function box(area) {
  return {
    get(name, fallback) {
      try {
        const stored = area().getItem(PREFIX + name);
        return stored === null ? fallback : JSON.parse(stored);
      } catch {
        return fallback;
      }
    },
    set(name, value) {
      try {
        if (value === null) area().removeItem(PREFIX + name);
        else area().setItem(PREFIX + name, JSON.stringify(value));
      } catch {
        // Storage is full or forbidden: the page goes on without it.
      }
    },
  };
}

export const tabMemory = box(() => window.sessionStorage);
export const deviceMemory = box(() => window.localStorage);
