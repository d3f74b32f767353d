// The style sheet as a link. On another origin's page it is asked for by CORS, which the gateway grants to the origins it
// was told of.

import { el } from "./dom.js";

/** `frame` stays hidden until its style has come, or has failed to: an unstyled page is better than none. */
export function styleSheet(frame) {
  const show = () => frame.removeAttribute("hidden");
  const href = new URL("style.css", import.meta.url);
  const crossorigin = href.origin === window.location.origin ? null : "anonymous";
  return el("link", { rel: "stylesheet", href, crossorigin, load: show, error: show });
}
