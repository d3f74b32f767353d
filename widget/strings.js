// Every word the page says itself, in the language chosen. The files under strings/ have equal keys; a test holds them so.

import en from "./strings/en.js";
import ur from "./strings/ur.js";

export const LANGUAGES = {
  en: { words: en, direction: "ltr", name: "English", locale: "en-GB" },
  ur: { words: ur, direction: "rtl", name: "اردو", locale: "ur-PK" },
};

/** The speaker for a language; English when the language is not one of ours. */
export function speaker(lang) {
  const { words, locale, direction } = LANGUAGES[lang] || LANGUAGES.en;

  /** The words of a key, with {names} filled in from the page's own values, never from what was typed. */
  function say(key, values) {
    const text = words[key];
    if (text === undefined) throw new Error(`no words for "${key}"`);
    return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  }

  /** The words for a value of a closed list; the fallback when the list has grown and the page has not. */
  say.of = (list, value, fallback = value) => {
    const text = words[`${list}.${value}`];
    return text === undefined ? fallback : text;
  };

  /** A named value in the page's words; a whole sentence as it came; null for a name this page does not know. */
  say.sentence = (list, value) => {
    if (!value) return null;
    const isName = /^[a-z_]+$/.test(value);
    return say.of(list, isName ? value.replace(`${list}_`, "") : value, isName ? null : value);
  };

  /** A date as people write it; null is said, never guessed. */
  say.date = (iso) => {
    const date = iso ? new Date(`${iso}T00:00:00Z`) : null;
    if (!date || Number.isNaN(date.getTime())) return words.date_not_known;
    return date.toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  };

  say.within = (hours) => (hours === 1 ? words.within_one_hour : say("within_hours", { hours }));

  say.time = (moment) => moment.toLocaleTimeString(locale, { hour: "numeric", minute: "2-digit" });

  say.lang = LANGUAGES[lang] ? lang : "en";
  say.direction = direction;
  return say;
}
