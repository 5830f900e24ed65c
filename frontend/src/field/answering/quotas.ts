// Which quotas a sheet falls into, and which are still wanted; full ones warn and refuse nothing.

import { type Answers, settle } from "./checks";
import { compared } from "./decimal";
import { numberOf } from "./expressions";
import type { Cell, Quota, Survey, Wish } from "./questionnaire";

export function fits(cell: Cell, answers: Answers): boolean {
  return Object.entries(cell).every(([key, wish]) => fitsOne(wish, Object.hasOwn(answers, key) ? (answers[key] ?? "") : ""));
}

function fitsOne(wish: Wish, answer: string): boolean {
  if (typeof wish === "string") return answer === wish;
  const value = numberOf(answer);
  const [low, high] = wish;
  const isAbove = low == null || (compared(value, numberOf(low)) ?? -1) >= 0;
  const isBelow = high == null || (compared(value, numberOf(high)) ?? 1) <= 0;
  return value.isFinite() && isAbove && isBelow;
}

export interface QuotaNow {
  quota: Quota;
  have: number; // with those that this phone has still to send
  left: number;
  isFull: boolean;
}

// The quotas with what waits on this phone, those that want most first.
export function quotasNow(survey: Survey, waiting: Answers[]): QuotaNow[] {
  return survey.quotas
    .map((quota) => {
      const have = quota.have + waiting.filter((answers) => fits(quota.cell, answers)).length;
      return { quota, have, left: Math.max(0, quota.wanted - have), isFull: have >= quota.wanted };
    })
    .sort((a, b) => b.left - a.left);
}

// The cells of a sheet, as soon as its answers tell.
export function cellsOf(survey: Survey, given: Answers, today: string, waiting: Answers[]): QuotaNow[] {
  const { answers } = settle(survey.questionnaire, given, today);
  return quotasNow(survey, waiting).filter((each) => fits(each.quota.cell, answers));
}
