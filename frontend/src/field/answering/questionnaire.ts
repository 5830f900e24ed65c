// A questionnaire as the server hands it out, and one sheet of it as the phone keeps it.

import type { Words } from "../contract";
import type { Expression } from "./expressions";

export type Labels = Record<string, string>;
export interface Choice {
  key: string;
  label: Labels;
}
export interface Question {
  key: string;
  kind: string;
  label: Labels;
  hint: Labels;
  within: string;
  choices: string;
  required: boolean;
  relevant: Expression | null;
  constraint: Expression | null;
  message: Labels;
  calculation: Expression | null;
}
export interface Questionnaire {
  title: Labels;
  version: string;
  languages: string[];
  missing: string[];
  lists: Record<string, Choice[]>;
  questions: Question[];
}
export type Wish = string | (string | null)[];
export type Cell = Record<string, Wish>;
export interface Quota {
  label: Words;
  cell: Cell;
  wanted: number;
  have: number;
}
export interface Contacts {
  refused: number;
  not_reached: number;
  not_eligible: number;
  unknown_eligibility: number;
}
export interface DrawnPlace {
  id: string;
  name: string;
  day: string;
  route: string;
  columns: Record<string, string>;
}
export interface Survey {
  id: string;
  round: string;
  collection: Words;
  questionnaire: Questionnaire;
  columns: string[];
  numbers: string[];
  weight: string; // the column of the weight; of a household sheet the weight of the household
  varying: string; // the column of the innermost unit
  places: DrawnPlace[]; // drawn, and released to the interviewer
  quotas: Quota[];
  brought: number;
  contacts: Contacts | null;
}
export interface SentAnswers {
  instance: string;
  source: Way;
  started_at: string;
  ended_at: string;
  answers: Record<string, string>;
  drawn: Record<string, string>;
  place: { latitude: number; longitude: number; accuracy: number | null } | null;
}
export type Way = "household" | "street";

const UNASKED = new Set(["calculate", "start", "end", "note", "group"]);
const HIDDEN = new Set(["calculate", "start", "end"]);

export const isAsked = (question: Question): boolean => !UNASKED.has(question.kind);
export const isShown = (question: Question): boolean => !HIDDEN.has(question.kind);
export const isSelect = (question: Question): boolean => question.kind === "select_one" || question.kind === "select_multiple";

// A text in a language, or in the first language that has it.
export function textIn(labels: Labels, language: string, languages: string[]): string {
  for (const each of [language, ...languages]) if (labels[each]) return labels[each];
  return "";
}
