// Watch whether the bot can answer. Announces `change` with a state: ready, starting or offline. While it is not ready
// it keeps asking; once ready it is silent until a failed request or the browser says otherwise.

import { readiness } from "./api.js";

const POLL_MS = 3_000;

export class Readiness extends EventTarget {
  constructor() {
    super();
    this.state = "ready";
    this.timer = 0;
    this.recheck = () => this.check();
  }

  start() {
    window.addEventListener("online", this.recheck);
    window.addEventListener("offline", this.recheck);
    return this.check();
  }

  stop() {
    window.removeEventListener("online", this.recheck);
    window.removeEventListener("offline", this.recheck);
    clearTimeout(this.timer);
  }

  async check() {
    clearTimeout(this.timer);
    const state = await readiness();
    clearTimeout(this.timer);
    if (state !== "ready") this.timer = setTimeout(this.recheck, POLL_MS);
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("change", { detail: state }));
  }
}
