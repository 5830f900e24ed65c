// What a record means for its line, and what a sheet still lacks; the server judges again.

import type { Line, Outcome, SheetRecord } from "../contract";
import type { Draft } from "./shelf";

export const NOT_OBSERVED_REASONS = ["closed", "no_access", "weather", "too_dark", "no_occasion", "other"];
export const NOT_POSSIBLE_REASONS = ["closed", "no_access", "moved", "not_found", "unsafe", "weather", "other"];

const HOLDS: Record<string, (value: number, limit: number) => boolean> = {
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
};
// Shares as 0.9 are compared as whole numbers, or 0.9 × 10 would not be 9.
const FINE = 1_000_000;

export function outcomeOf(line: Line, record: SheetRecord | undefined): Outcome | "" {
  if (!record) return "";
  if (record.outcome) return record.outcome;
  if (record.value === null) return "";
  const holds = HOLDS[line.op];
  if (!holds) return "";
  const { value } = record;
  const limit = Math.round(Number(line.limit) * FINE);
  if (line.judgement !== "share") return holds(Math.round(value * FINE), limit) ? "conform" : "not_conform";
  const base = record.base ?? 0;
  if (base <= 0) return "";
  return holds(value * FINE, limit * base) ? "conform" : "not_conform";
}

export function needsPhoto(line: Line, record: SheetRecord | undefined): boolean {
  return line.photo && outcomeOf(line, record) === "not_conform";
}

export type Lack = "answer" | "reason" | "photo" | "time" | "";

export function lackOf(line: Line, record: SheetRecord | undefined, photos: number): Lack {
  const outcome = outcomeOf(line, record);
  if (!outcome) return "answer";
  if (outcome === "not_observed" && !record?.reason) return "reason";
  // One seen too many decides at once; that nobody was seen is known only when the time is over.
  if (line.seconds && record?.value != null && outcome === "conform" && (record.seconds ?? 0) < line.seconds) return "time";
  if (needsPhoto(line, record) && photos === 0) return "photo";
  return "";
}

const RANK: Record<string, number> = { critical: 0, major: 1, minor: 1 };

// Criticals first, then in order of walking, which is the order of the checklist.
export function inOrder(lines: Line[]): Line[] {
  return lines
    .map((line, place) => ({ line, place }))
    .sort((a, b) => (RANK[a.line.severity] ?? 1) - (RANK[b.line.severity] ?? 1) || a.place - b.place)
    .map((each) => each.line);
}

export function openLines(lines: Line[], draft: Draft, photos: Map<string, number>): Line[] {
  return lines.filter((line) => lackOf(line, draft.records[line.key], photos.get(line.key) ?? 0) !== "");
}

const EARTH_M = 6_371_000;

export function metresBetween(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const rad = Math.PI / 180;
  const x = (b.longitude - a.longitude) * rad * Math.cos(((a.latitude + b.latitude) / 2) * rad);
  const y = (b.latitude - a.latitude) * rad;
  return Math.hypot(x, y) * EARTH_M;
}
