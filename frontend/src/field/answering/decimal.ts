// Exact decimal numbers as the server reckons with them: 28 digits, half to even, never an error.

const DIGITS = 28;
const LIMIT = 10n ** BigInt(DIGITS);

// A number is sign · digits · 10^exponent; what has no value is NaN, as is infinity's own business.
export type Decimal =
  | { kind: "finite"; negative: boolean; digits: bigint; exponent: number }
  | { kind: "infinite"; negative: boolean }
  | { kind: "nothing" };
type Finite = Extract<Decimal, { kind: "finite" }>;

export const NOTHING: Decimal = { kind: "nothing" };

function finite(negative: boolean, digits: bigint, exponent: number): Finite {
  return { kind: "finite", negative, digits, exponent };
}

export function whole(n: number): Decimal {
  return finite(n < 0, BigInt(Math.abs(n)), 0);
}

const NUMBER = /^(-?)(\d*)(?:\.(\d*))?$/;

// Only what the caller has looked at: digits with at most one point and a minus before them.
export function decimal(text: string): Decimal {
  const found = NUMBER.exec(text);
  const before = found?.[2] ?? "";
  const after = found?.[3] ?? "";
  if (!found || before + after === "") return NOTHING;
  return finite(found[1] === "-", BigInt(before + after), -after.length);
}

function shifted(digits: bigint, by: number): bigint {
  return digits * 10n ** BigInt(by);
}

// Half to even, to 28 digits.
function rounded(negative: boolean, digits: bigint, exponent: number, isMore = false): Decimal {
  if (digits < LIMIT) return finite(negative, digits, exponent);
  const cut = digits.toString().length - DIGITS;
  const unit = 10n ** BigInt(cut);
  const kept = digits / unit;
  const rest = (digits % unit) * 2n;
  const isUp = rest > unit || (rest === unit && (isMore || kept % 2n === 1n));
  return rounded(negative, isUp ? kept + 1n : kept, exponent + cut);
}

export function negated(a: Decimal): Decimal {
  return a.kind === "nothing" ? a : { ...a, negative: !a.negative };
}

export function isZero(a: Decimal): boolean {
  return a.kind === "finite" && a.digits === 0n;
}

// −1, 0 or 1; null where one of them has no value.
export function compared(a: Decimal, b: Decimal): number | null {
  if (a.kind === "nothing" || b.kind === "nothing") return null;
  if (a.kind === "infinite" || b.kind === "infinite") return ranked(a) - ranked(b) && Math.sign(ranked(a) - ranked(b));
  const least = Math.min(a.exponent, b.exponent);
  const difference = signed(a, least) - signed(b, least);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function ranked(a: Decimal): number {
  return a.kind === "infinite" ? (a.negative ? -1 : 1) : 0;
}

function signed(a: Finite, exponent: number): bigint {
  const digits = shifted(a.digits, a.exponent - exponent);
  return a.negative ? -digits : digits;
}

export function added(a: Decimal, b: Decimal): Decimal {
  if (a.kind === "nothing" || b.kind === "nothing") return NOTHING;
  if (a.kind === "infinite") return b.kind === "infinite" && a.negative !== b.negative ? NOTHING : a;
  if (b.kind === "infinite") return b;
  const least = Math.min(a.exponent, b.exponent);
  const sum = signed(a, least) + signed(b, least);
  const negative = sum < 0n || (sum === 0n && a.negative && b.negative);
  return rounded(negative, sum < 0n ? -sum : sum, least);
}

export function multiplied(a: Decimal, b: Decimal): Decimal {
  if (a.kind === "nothing" || b.kind === "nothing") return NOTHING;
  const negative = a.negative !== b.negative;
  if (a.kind === "infinite" || b.kind === "infinite") return isZero(a) || isZero(b) ? NOTHING : { kind: "infinite", negative };
  return rounded(negative, a.digits * b.digits, a.exponent + b.exponent);
}

export function divided(a: Decimal, b: Decimal): Decimal {
  if (a.kind === "nothing" || b.kind === "nothing") return NOTHING;
  const negative = a.negative !== b.negative;
  if (a.kind === "infinite") return b.kind === "infinite" ? NOTHING : { kind: "infinite", negative };
  if (b.kind === "infinite") return finite(negative, 0n, 0);
  if (b.digits === 0n) return a.digits === 0n ? NOTHING : { kind: "infinite", negative };
  const ideal = a.exponent - b.exponent;
  if (a.digits === 0n) return finite(negative, 0n, ideal);
  const shift = Math.max(0, DIGITS + 2 + b.digits.toString().length - a.digits.toString().length);
  const above = shifted(a.digits, shift);
  let quotient = above / b.digits;
  let exponent = ideal - shift;
  if (above % b.digits !== 0n) return rounded(negative, quotient, exponent, true);
  while (exponent < ideal && quotient % 10n === 0n) {
    quotient /= 10n;
    exponent += 1;
  }
  return rounded(negative, quotient, exponent);
}

// What is left after whole divisions, with the sign of what was divided.
export function remainder(a: Decimal, b: Decimal): Decimal {
  if (a.kind !== "finite" || b.kind === "nothing" || isZero(b)) return NOTHING;
  if (b.kind === "infinite") return rounded(a.negative, a.digits, a.exponent);
  const least = Math.min(a.exponent, b.exponent);
  const above = shifted(a.digits, a.exponent - least);
  const below = shifted(b.digits, b.exponent - least);
  if (above / below >= LIMIT) return NOTHING;
  return rounded(a.negative, above % below, least);
}

// Without an exponent and without zeros at its end; blank where there is no number.
export function plainly(a: Decimal): string {
  if (a.kind !== "finite") return "";
  const sign = a.negative ? "-" : "";
  if (a.digits === 0n) return `${sign}0`;
  const point = written(rounded(false, a.digits, a.exponent) as Finite);
  return sign + (point.includes(".") ? point.replace(/\.?0+$/, "") : point);
}

function written(a: Finite): string {
  if (a.exponent >= 0) return shifted(a.digits, a.exponent).toString();
  const digits = a.digits.toString().padStart(1 - a.exponent, "0");
  return `${digits.slice(0, a.exponent)}.${digits.slice(a.exponent)}`;
}
