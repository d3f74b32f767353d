// What the browser keeps. The conversation itself is the gateway's: it lives 24 hours there and is fetched again.
// Unsent questions and a card's ticks stay in the tab (gone when it closes), questions only after masking; language and
// province stay on the device, unless it is shared: then they too stay in the tab.

const PREFIX = "guidebook.";
const ON_DEVICE = ["language", "province", "wipe_due"];

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
const lasting = box(() => window.localStorage);

export const deviceMemory = {
  get: (name, fallback) => (isShared() ? tabMemory : lasting).get(name, fallback),
  set: (name, value) => (isShared() ? tabMemory : lasting).set(name, value),
};

export function isShared() {
  return tabMemory.get("shared", false);
}

/** Others use this device too, or not; what was kept moves to where it now belongs. */
export function setShared(shared) {
  const kept = ON_DEVICE.map((name) => [name, deviceMemory.get(name, null)]);
  for (const [name] of kept) deviceMemory.set(name, null);
  tabMemory.set("shared", shared || null);
  for (const [name, value] of kept) deviceMemory.set(name, value);
}
