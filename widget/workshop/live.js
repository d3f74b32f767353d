// Keep a workshop page level with the server, and let no press of a button be lost.
// The server makes whole pages; every few seconds this fetches the page it stands on and exchanges the parts marked
// data-live that differ. A form marked data-keep is kept in the tab until the server has it. Without this script the
// pages work by reloading. Words stand in the page, never here.

const LOOK_MS = document.documentElement.classList.contains("phone") ? 3000 : 2000;
const AGAIN_MS = 2000;
const KEPT = "guidebook-workshop-unsent";
const lines = { offline: document.querySelector("#offline"), unsent: document.querySelector("#unsent") };
let looking = false;
let sending = false;

const show = (name, on) => { if (lines[name]) lines[name].hidden = !on; };

// XMLHttpRequest parses HTML into an inert document by itself: no script runs, and no string becomes markup here.
function fetchPage() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href.split("#")[0]);
    request.responseType = "document";
    request.timeout = 8000;
    request.onload = () => (request.status < 500 && request.responseXML ? resolve(request) : reject(new Error("server")));
    request.onerror = request.ontimeout = () => reject(new Error("network"));
    request.send();
  });
}

function exchange(fresh) {
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (!next || part.isEqualNode(next) || part.querySelector(":active")) continue; // not under a pressed finger
    const open = [...part.querySelectorAll("details[open]")].map((one) => one.id);
    const chosen = new Map([...part.querySelectorAll("select")].map((one) => [one.id, one.value]));
    part.replaceWith(document.adoptNode(next));
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const [id, value] of chosen) { const list = document.getElementById(id); if (list) list.value = value; }
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

async function look() {
  if (looking || document.hidden) return;
  looking = true;
  try {
    const got = await fetchPage();
    show("offline", false);
    const elsewhere = new URL(got.responseURL).pathname !== location.pathname;
    if (elsewhere || !got.responseXML.querySelector("[data-live]")) location.assign(got.responseURL);
    else exchange(got.responseXML);
  } catch {
    show("offline", true);
  } finally {
    looking = false;
  }
}

// What is not sent yet, in this tab: it outlives a reload and a lost network.
let waiting = (() => {
  try { return JSON.parse(sessionStorage.getItem(KEPT)) ?? []; } catch { return []; }
})();

function keep(list) {
  waiting = list;
  try { sessionStorage.setItem(KEPT, JSON.stringify(list)); } catch { /* a private tab: kept in memory alone */ }
}

// Whatever the server says but "later" is done with: it takes a repeat as the same.
async function sendAll() {
  if (sending) return;
  sending = true;
  while (waiting.length > 0) {
    const { action, body } = waiting[0];
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    try {
      const answer = await fetch(action, { method: "POST", headers, body, signal: AbortSignal.timeout(8000) });
      if (answer.status >= 500 || answer.status === 429) throw new Error("later");
      keep(waiting.slice(1));
      show("unsent", false);
    } catch {
      show("unsent", true);
      await new Promise((done) => { setTimeout(done, AGAIN_MS); });
    }
  }
  sending = false;
  look();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.keep) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter)).toString();
  keep([...waiting, { action: form.getAttribute("action"), body }]);
  sendAll();
});

// A presenter's keys, and a keyboard's, press what comes next on the wall.
document.addEventListener("keydown", (event) => {
  const next = document.querySelector("[data-next]");
  const typing = event.target.closest?.("input, select, textarea, button");
  if (!next || typing || !["PageDown", "ArrowRight"].includes(event.key)) return;
  event.preventDefault();
  next.click();
});

setInterval(() => {
  for (const clock of document.querySelectorAll("[data-left]")) {
    const left = Math.max(0, Number(clock.dataset.left) - 1);
    clock.dataset.left = String(left);
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}, 1000);

if (document.querySelector("[data-live]")) {
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  sendAll();
}
