// Speak HTTP with the gateway. An expected failure is a value, never an exception: every function returns an
// outcome with a `kind` from a short list, so a caller cannot forget the bad weather.

import { isShared } from "./storage.js";

const BASE = new URL("../", import.meta.url);
const TIMEOUT_MS = 90_000;
const DEFAULT_WAIT_S = 5;
const LONGEST_WAIT_S = 60;

/** A random id in UUID form. `crypto.randomUUID` is missing on plain http, which is what a station network has. */
export function newMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * Ask one question. The same `client_message_id` may be sent again and again: the gateway runs it once.
 * Outcomes: replies | wait (reason busy or starting, seconds) | offline | failed (reason) | stopped.
 */
export async function postMessage(message, signal) {
  const response = await request("api/messages", { method: "POST", body: message, signal });
  if (response.kind) return response;
  if (response.status === 429) return { kind: "wait", reason: "busy", seconds: retryAfter(response) };
  if (response.status === 503) return { kind: "wait", reason: "starting", seconds: retryAfter(response) };
  if (response.status === 502 || response.status === 504) return { kind: "offline" };
  if (response.status === 413) return { kind: "failed", reason: "too_long" };
  if (response.status >= 500) return { kind: "failed", reason: "server" };
  if (!response.ok) return { kind: "failed", reason: "rejected" };
  const { replies, isBroken } = await json(response);
  // Half a body is a lost connection, and another page's body (a hotspot's log-in, say) is no better than none.
  if (isBroken) return { kind: "offline" };
  // An empty reply is a failure too: silence must never reach an officer.
  if (!Array.isArray(replies) || replies.length === 0) return { kind: "failed", reason: "server" };
  return { kind: "replies", replies };
}

/** This browser's conversation as the gateway keeps it, one turn a question. Outcomes: turns (and what is off) | offline | failed. */
export async function fetchTranscript() {
  const response = await request("api/messages", {});
  if (response.kind) return response;
  const { messages, switched_off: off = null } = await json(response);
  if (!response.ok || !Array.isArray(messages)) return { kind: "failed" };
  const turns = new Map();
  for (const { client_message_id: id, role, text, reply } of messages) {
    if (!turns.has(id)) turns.set(id, { id, text: "", masked: [], replies: [] });
    if (role === "officer") turns.get(id).text = text;
    else turns.get(id).replies.push(reply);
  }
  return { kind: "turns", turns: [...turns.values()], off };
}

/** Wipe the conversation on the server. Outcomes: wiped | offline | failed. */
export async function wipe() {
  const response = await request("api/messages", { method: "DELETE" });
  if (response.kind) return response;
  return { kind: response.ok ? "wiped" : "failed" };
}

/** One document as blocks; `digest` is the one it was cited with, if it was. Outcomes: document | offline | failed. */
export async function fetchDocument(id, digest) {
  const asked = digest ? `?digest=${encodeURIComponent(digest)}` : "";
  const path = `api/documents/${encodeURIComponent(id)}${asked}`;
  const response = await request(path, {});
  if (response.kind) return response;
  const document = await json(response);
  return response.ok && Array.isArray(document.blocks) ? { kind: "document", document } : { kind: "failed" };
}

/** The list of topics, documents and headings, in `lang` where translated. Outcomes: contents | offline | failed. */
export async function fetchContents(lang) {
  const response = await request(`api/contents?lang=${lang}`, {});
  if (response.kind) return response;
  const { topics } = await json(response);
  return response.ok && Array.isArray(topics) ? { kind: "contents", topics } : { kind: "failed" };
}

/** Judge an answer by its receipt. Outcomes: kept (question: the words kept, or null) | offline | failed. */
export async function postFeedback(body) {
  const response = await request("api/feedback", { method: "POST", body });
  if (response.kind) return response;
  const { question = null } = await json(response);
  return response.ok ? { kind: "kept", question } : { kind: "failed" };
}

/** ready | starting | offline. What asks for repair but can answer (no documents to open, say) is ready here. */
export async function readiness() {
  const response = await request("readyz", {});
  if (response.kind || response.status === 502 || response.status === 504) return "offline";
  if (response.ok) return "ready";
  const { parts = {} } = await json(response);
  const canAnswer = ["rasa", "actions", "store"].every((name) => parts[name] && parts[name].ready);
  return canAnswer ? "ready" : "starting";
}

/** The response, or an outcome when there is none. */
async function request(path, { method = "GET", body, signal }) {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
  const stop = () => timeout.abort();
  if (signal) signal.addEventListener("abort", stop);
  try {
    return await fetch(new URL(path, BASE), {
      method,
      body: body && JSON.stringify(body),
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        // The cookie then ends with the browser's session.
        ...(isShared() && { "X-Guidebook-Device": "shared" }),
      },
      credentials: "include",
      cache: "no-store",
      signal: timeout.signal,
    });
  } catch {
    if (signal && signal.aborted) return { kind: "stopped" };
    return { kind: "offline" };
  } finally {
    clearTimeout(timer);
    if (signal) signal.removeEventListener("abort", stop);
  }
}

async function json(response) {
  try {
    return (await response.json()) || {};
  } catch {
    return { isBroken: true };
  }
}

function retryAfter(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  if (!Number.isFinite(seconds) || seconds <= 0) return DEFAULT_WAIT_S;
  return Math.min(seconds, LONGEST_WAIT_S) + Math.random(); // a room that was refused together does not come back together
}
