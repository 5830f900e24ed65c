// What an expression comes to for the answers of a sheet: the rules of wenming/core/questionnaire/evaluating.py.

import { compared, type Decimal, decimal, NOTHING, plainly, remainder } from "./decimal";

export interface Expression {
  kind: string;
  value: string;
  parts: Expression[];
}
export interface Scope {
  answers: Record<string, string>; // what is not there is blank
  today: string; // 2026-11-27
  own: string; // what `.` stands for
}
export type Value = boolean | string | Decimal;

export function isTrue(expression: Expression, scope: Scope): boolean {
  return truth(evaluate(expression, scope));
}

export function evaluate(expression: Expression, scope: Scope): Value {
  const { kind, value, parts } = expression;
  switch (kind) {
    case "number":
      return decimal(value);
    case "text":
      return value;
    case "name":
      return Object.hasOwn(scope.answers, value) ? (scope.answers[value] ?? "") : "";
    case "self":
      return scope.own;
    case "negative":
      return numberOf(at(parts, 0, scope)).neg();
    case "call":
      return called(expression, scope);
    case "or":
      return parts.some((part) => isTrue(part, scope));
    case "and":
      return parts.every((part) => isTrue(part, scope));
  }
  return joined(kind, at(parts, 0, scope), at(parts, 1, scope));
}

function at(parts: Expression[], place: number, scope: Scope): Value {
  const part = parts[place];
  return part ? evaluate(part, scope) : "";
}

const ORDER: Record<string, number[]> = { "<": [-1], "<=": [-1, 0], ">": [1], ">=": [1, 0] };
const ARITHMETIC: Record<string, (a: Decimal, b: Decimal) => Decimal> = {
  "+": (a, b) => a.plus(b),
  "-": (a, b) => a.minus(b),
  "*": (a, b) => a.times(b),
  div: (a, b) => a.div(b),
  mod: remainder,
};

function joined(kind: string, left: Value, right: Value): Value {
  if (kind === "=" || kind === "!=") return equal(left, right) === (kind === "=");
  const [a, b] = [numberOf(left), numberOf(right)];
  const order = ORDER[kind];
  if (order) {
    const found = compared(a, b);
    return found !== null && order.includes(found);
  }
  return ARITHMETIC[kind]?.(a, b) ?? NOTHING;
}

function equal(left: Value, right: Value): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") return truth(left) === truth(right);
  if (typeof left === "string" && typeof right === "string") return left === right;
  return compared(numberOf(left), numberOf(right)) === 0;
}

function truth(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return value !== "";
  return !value.isNaN() && !value.isZero();
}

function called({ value, parts }: Expression, scope: Scope): Value {
  const [first, second] = parts.map((part) => (part.kind === "call" ? "" : textOf(evaluate(part, scope))));
  switch (value) {
    case "true":
    case "false":
      return value === "true";
    case "today":
      return numberOf(scope.today);
    case "date":
      return numberOf(first ?? "");
    case "not":
      return !parts.every((part) => isTrue(part, scope));
    case "selected":
      return words(first ?? "").includes(second ?? "");
    case "count-selected":
      return decimal(words(first ?? "").length);
    case "string-length":
      return decimal([...(first ?? "")].length);
  }
  return matches(second ?? "", first ?? "");
}

// Only answers and literal texts stand where a text is wanted; the server refuses other questionnaires.
function textOf(value: Value): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? value : plainly(value);
}

// As an answer of a calculated question.
export function asAnswer(value: Value): string {
  if (typeof value === "boolean") return value ? "true" : "false";
  return typeof value === "string" ? value : plainly(value);
}

const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const BLANKS = new RegExp(`${BLANK}+`);
const ENDS = new RegExp(`^${BLANK}+|${BLANK}+$`, "g");

export function stripped(text: string): string {
  return text.replace(ENDS, "");
}

export function words(text: string): string[] {
  return stripped(text)
    .split(BLANKS)
    .filter((each) => each !== "");
}

export function numberOf(value: Value): Decimal {
  if (typeof value === "boolean") return decimal(value ? 1 : 0);
  if (typeof value !== "string") return value;
  const text = stripped(value);
  const digits = inAscii(text);
  if (/^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(digits)) return decimal(digits);
  return dayOf(text);
}

// Digits of other scripts, such as those of full width, count as digits.
export function inAscii(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let first = code;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  });
}

const DAY_MS = 86_400_000;

// A day as days since 1970-01-01.
function dayOf(text: string): Decimal {
  const time = timeOf(text);
  return time === null ? NOTHING : decimal(time / DAY_MS);
}

export function timeOf(text: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  const isReal = year > 0 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  return isReal ? moment.getTime() : null;
}

const LONGEST_TEXT = 500;
const INSIDE: Record<string, string> = { s: " \\t\\n\\r\\f\\v", A: "^", Z: "$" };

// Whether the whole text is of the pattern; a pattern that this browser cannot read is left to the server.
function matches(pattern: string, text: string): boolean {
  if ([...text].length > LONGEST_TEXT) return false;
  try {
    return new RegExp(`^(?:${translated(pattern)})$`, "u").test(text);
  } catch {
    return true;
  }
}

// Python's way of writing patterns in that of JavaScript: blanks are those of ASCII, `.` is all but a line end.
function translated(pattern: string): string {
  let [found, isWithin] = ["", false];
  const signs = [...pattern];
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i] ?? "";
    if (sign === "\\") found += escaped(signs[++i] ?? "", isWithin);
    else if (sign === "." && !isWithin) found += "[^\\n]";
    else if (sign === "{" && signs[i + 1] === "," && !isWithin && isCount(signs, i)) found += "{0";
    else if ("{}".includes(sign) && !isWithin && !isCount(signs, i)) found += `\\${sign}`;
    else {
      if (sign === "[" && !isWithin) {
        isWithin = true;
        found += "[";
        if (signs[i + 1] === "^") found += signs[++i];
        if (signs[i + 1] === "]") found += `\\${signs[++i]}`;
        continue;
      }
      if (sign === "]") isWithin = false;
      found += (sign === "[" && isWithin) || (sign === "]" && !found.includes("[")) ? `\\${sign}` : sign;
    }
  }
  return found;
}

function escaped(sign: string, isWithin: boolean): string {
  const blanks = INSIDE["s"] ?? "";
  if (sign === "s") return isWithin ? blanks : `[${blanks}]`;
  if (sign === "S" && !isWithin) return `[^${blanks}]`;
  if (!isWithin && INSIDE[sign]) return INSIDE[sign];
  const isSyntax = /^[\^$\\.*+?()[\]{}|/dDwWbBtnrfv0xu]$/.test(sign) || (isWithin && sign === "-");
  if (isSyntax) return `\\${sign}`;
  return /^[A-Za-z0-9]$/.test(sign) ? `\\${sign}` : sign;
}

function isCount(signs: string[], at: number): boolean {
  const around = signs.slice(signs[at] === "{" ? at : signs.lastIndexOf("{", at)).join("");
  return /^\{\d+(?:,\d*)?\}/.test(around) || /^\{,\d+\}/.test(around);
}
