// Words of the app: both languages stand in the page, so that they can be changed without network.

import { computed, ref } from "vue";
import type { Words } from "./contract";

type Table = Record<string, string>;
interface Said {
  zh: Table;
  en: Table;
  phrases: Words[];
}
const TAKEN = "wenming-field-language";

function readPage(): Said {
  const text = document.getElementById("field-words")?.textContent;
  return text ? (JSON.parse(text) as Said) : { zh: {}, en: {}, phrases: [] };
}

const said = readPage();
export const phrases = said.phrases;
export const language = ref<"zh" | "en">(first());

function first(): "zh" | "en" {
  const kept = localStorage.getItem(TAKEN) ?? document.documentElement.lang;
  return kept.startsWith("en") ? "en" : "zh";
}

export function speak(wished: "zh" | "en"): void {
  language.value = wished;
  localStorage.setItem(TAKEN, wished);
  show();
}

export function show(): void {
  document.documentElement.lang = language.value === "en" ? "en" : "zh-Hans";
  document.title = t("title");
}

const table = computed(() => said[language.value]);

export function t(key: string, facts: Record<string, string | number> = {}): string {
  const sentence = table.value[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

// A column of a design: in words where it bears a common name, else as the office named it.
export function columnName(column: string): string {
  return table.value[`column_${column}`] ?? column;
}

export function of(words: Words | undefined): string {
  if (!words) return "";
  return language.value === "en" ? words.en || words.zh : words.zh;
}
