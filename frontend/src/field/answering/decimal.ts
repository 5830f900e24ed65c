// Exact decimal numbers as the server reckons with them: 28 digits, half to even, never an error.

import { Decimal as Own } from "decimal.js";

const DIGITS = 28;
const Exact = Own.clone({ precision: DIGITS, rounding: Own.ROUND_HALF_EVEN, modulo: Own.ROUND_DOWN });
const LIMIT = new Exact(10).pow(DIGITS);

export type Decimal = Own;

// What has no value: it is like nothing, and before and after nothing.
export const NOTHING: Decimal = new Exact(NaN);

export function decimal(digits: string | number): Decimal {
  return new Exact(digits);
}

// −1, 0 or 1; null where one of them has no value.
export function compared(a: Decimal, b: Decimal): number | null {
  return a.isNaN() || b.isNaN() ? null : a.cmp(b);
}

// What is left after whole divisions, with the sign of what was divided; nothing where they are too many to count.
export function remainder(a: Decimal, b: Decimal): Decimal {
  return b.isFinite() && !b.isZero() && a.div(b).abs().gte(LIMIT) ? NOTHING : a.mod(b);
}

// Without an exponent and without zeros at its end; blank where there is no number.
export function plainly(a: Decimal): string {
  if (a.isZero()) return a.isNegative() ? "-0" : "0";
  return a.isFinite() ? a.toSD(DIGITS).toFixed() : "";
}
