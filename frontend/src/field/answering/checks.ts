// One sheet against its questionnaire: the rules of wenming/core/questionnaire/answers.py.

import { asAnswer, evaluate, inAscii, isTrue, stripped, timeOf, words } from "./expressions";
import { isAsked, isSelect, type Question, type Questionnaire } from "./questionnaire";

export type Answers = Record<string, string>;
export interface Mistake {
  question: string;
  code: string;
}
export interface Settled {
  answers: Answers; // what counts
  asked: Set<string>; // keys of the entries that appear, groups and notes among them
}

// What was asked, and the answers that count; an answer to what is not asked is blank for every other condition.
export function settle(form: Questionnaire, given: Answers, today: string): Settled {
  const known = new Map(form.questions.map((each) => [each.key, each]));
  const found: Settled = { answers: {}, asked: new Set() };
  const done = new Set<string>();
  const visit = (key: string): void => {
    const question = known.get(key);
    if (!question || done.has(key)) return;
    done.add(key);
    for (const each of leansOn(question)) visit(each);
    settleOne(question, given, today, found);
  };
  for (const question of form.questions) visit(question.key);
  return found;
}

function settleOne(question: Question, given: Answers, today: string, found: Settled): void {
  const scope = { answers: found.answers, today, own: "" };
  if (question.within && !found.asked.has(question.within)) return;
  if (question.relevant && !isTrue(question.relevant, scope)) return;
  found.asked.add(question.key);
  const value = question.calculation ? asAnswer(evaluate(question.calculation, scope)) : ownAnswer(given, question.key);
  if (value) found.answers[question.key] = value;
}

function ownAnswer(given: Answers, key: string): string {
  return Object.hasOwn(given, key) ? stripped(given[key] ?? "") : "";
}

function leansOn(question: Question): string[] {
  return [question.within, ...namesIn(question.relevant), ...namesIn(question.calculation)].filter(Boolean);
}

function namesIn(expression: Question["relevant"]): string[] {
  if (!expression) return [];
  return [...(expression.kind === "name" ? [expression.value] : []), ...expression.parts.flatMap(namesIn)];
}

// Everything that is wrong, in the order of the form.
export function mistakes(form: Questionnaire, given: Answers, today: string): Mistake[] {
  const settled = settle(form, given, today);
  return form.questions.flatMap((question) =>
    isAsked(question) ? codesOf(form, question, given, settled, today).map((code) => ({ question: question.key, code })) : [],
  );
}

function codesOf(form: Questionnaire, question: Question, given: Answers, settled: Settled, today: string): string[] {
  const own = ownAnswer(given, question.key);
  if (!settled.asked.has(question.key)) return own ? ["answer_not_asked_for"] : [];
  if (!own) return question.required ? ["answer_missing"] : [];
  const wrong = misfits(form, question, own);
  if (wrong.length || !question.constraint) return wrong;
  return isTrue(question.constraint, { answers: settled.answers, today, own }) ? [] : ["answer_refused"];
}

const LONGEST = 5000;

function misfits(form: Questionnaire, question: Question, answer: string): string[] {
  if ([...answer].length > LONGEST) return ["answer_too_long"];
  if (isSelect(question)) return wrongChoices(form, question, answer);
  return FITS[question.kind]?.(answer) === false ? ["answer_of_other_kind"] : [];
}

function wrongChoices(form: Questionnaire, question: Question, answer: string): string[] {
  const chosen = question.kind === "select_one" ? [answer] : words(answer);
  const known = new Set((form.lists[question.choices] ?? []).map((each) => each.key));
  const strange = chosen.filter((each) => !known.has(each)).map(() => "answer_unknown_choice");
  return new Set(chosen).size < chosen.length ? [...strange, "answer_chosen_twice"] : strange;
}

const MOST_DIGITS = 15;

function isNumber(text: string): boolean {
  const found = /^[+-]?(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(inAscii(text));
  const [whole, rest] = [found?.[1] ?? "", found?.[2] ?? ""];
  if (!found || whole + rest === "") return false;
  const digits = (whole + rest).replace(/^0+/, "") || "0";
  return Math.abs(digits.length - 1 - rest.length + Number(found[3] ?? 0)) <= MOST_DIGITS;
}

const POINT = /^-?\d{1,3}(\.\d+)? -?\d{1,3}(\.\d+)?( -?\d+(\.\d+)?){0,2}$/;

function isPlace(text: string): boolean {
  const plain = inAscii(text);
  const [latitude, longitude] = plain.split(" ").map(Number);
  return POINT.test(plain) && Math.abs(latitude ?? 91) <= 90 && Math.abs(longitude ?? 181) <= 180;
}

const FITS: Record<string, (text: string) => boolean> = {
  integer: (text) => /^-?\d{1,9}$/.test(inAscii(text)),
  decimal: isNumber,
  date: (text) => timeOf(text) !== null,
  geopoint: isPlace,
  acknowledge: (text) => text === "OK",
};
