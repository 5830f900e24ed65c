// Interviews on this phone: drafts, whom they ask, and what goes to the server; every change is kept at once.

import { ref } from "vue";
import { type Answers, settle } from "../answering/checks";
import { draw, drawnFacts, type Member } from "../answering/members";
import { isAsked, type Questionnaire, type SentAnswers, textIn, type Way } from "../answering/questionnaire";
import type { Refusal } from "../contract";
import { lastPlace } from "./place";
import { fetchSurveys } from "./server";
import { type Interview, type KeptSurvey, moment, newIdentity, note, noted, plainly, shelf } from "./shelf";

export const surveys = ref<KeptSurvey[]>([]);
export const interviews = ref<Interview[]>([]);

export const MEMBER_COLUMNS = ["members", "member", "member_age", "member_sex", "member_draws", "member_dropped"];

export async function readInterviews(person: string): Promise<void> {
  surveys.value = await shelf.surveys.where("person").equals(person).toArray();
  interviews.value = await shelf.interviews.where("person").equals(person).toArray();
}

// From now on the quotas count what was sent, so that its answers need not stay on the phone.
export async function takeSurveys(person: string): Promise<void> {
  const sent = await shelf.interviews.where("state").equals("sent").and((each) => each.person === person).primaryKeys();
  const found = await fetchSurveys();
  await shelf.transaction("rw", shelf.surveys, shelf.interviews, async () => {
    await shelf.surveys.where("person").equals(person).delete();
    await shelf.surveys.bulkPut(found.map((survey) => ({ ...survey, person })));
    for (const instance of sent) await shelf.interviews.update(instance, { answers: {}, design: {} });
  });
}

export function today(): string {
  return new Date().toLocaleDateString("sv-SE");
}

export function interviewsOf(survey: string): Interview[] {
  return interviews.value.filter((each) => each.survey === survey);
}

// Answers that the server does not count in its quotas yet.
export function uncounted(survey: KeptSurvey, but = ""): Answers[] {
  return interviewsOf(survey.id)
    .filter((each) => each.state !== "open" && each.instance !== but && Object.keys(each.answers).length > 0)
    .map((each) => settle(survey.questionnaire, each.answers, each.finishedAt.slice(0, 10)).answers);
}

const lastDesign = (survey: KeptSurvey) => `design ${survey.person} ${survey.id}`;
const droppedDraws = (interview: Interview) => `dropped draws ${interview.person} ${interview.survey}`;

export async function newInterview(survey: KeptSurvey, way: Way): Promise<Interview> {
  const before = (await noted<Record<string, string>>(lastDesign(survey))) ?? {};
  const { questionnaire: form } = survey;
  const now = moment();
  const made: Interview = {
    instance: newIdentity(),
    person: survey.person,
    survey: survey.id,
    title: { zh: textIn(form.title, "zh", form.languages), en: textIn(form.title, "en", form.languages) },
    way,
    state: "open",
    begunAt: now,
    finishedAt: "",
    latitude: null,
    longitude: null,
    accuracy: null,
    answers: {},
    design: Object.fromEntries(survey.columns.map((each) => [each, each === survey.varying ? "" : (before[each] ?? "")])),
    members: [],
    draw: null,
    draws: 0,
    facts: {},
    changedAt: now,
    message: "",
    wrong: {},
  };
  await shelf.interviews.add(made);
  interviews.value.push(made);
  return made;
}

let last: Promise<void> = Promise.resolve();

// Kept before it is shown, and one after the other: two quick taps must not undo each other.
export function keep(interview: Interview, change: () => Partial<Interview>): Promise<void> {
  const done = last.then(() => kept(interview, change()));
  last = done.catch(() => undefined);
  return done;
}

async function kept(interview: Interview, change: Partial<Interview>): Promise<void> {
  const place = interview.latitude === null ? lastPlace() : null;
  const found = place ? { latitude: place.latitude, longitude: place.longitude, accuracy: place.accuracy } : {};
  const whole = { ...plainly(change), ...found, changedAt: moment() };
  await shelf.interviews.update(interview.instance, whole);
  Object.assign(interview, whole);
  const listed = interviews.value.find((each) => each.instance === interview.instance);
  if (listed) Object.assign(listed, whole); // a screen works on its own copy
}

export async function answer(interview: Interview, question: string, text: string): Promise<void> {
  await keep(interview, () => {
    const { [question]: _said, ...wrong } = interview.wrong;
    return { answers: { ...interview.answers, [question]: text }, wrong };
  });
}

// Draws and freezes the list; drawn again after a change, the number of draws tells it.
export async function drawMember(interview: Interview): Promise<void> {
  const draws = interview.draws + 1;
  const drawn = await draw(interview.instance, interview.members, draws);
  await keep(interview, () => ({ draw: drawn, draws, facts: drawnFacts(interview.members, drawn) }));
}

export async function listMembers(interview: Interview, members: Member[]): Promise<void> {
  if (interview.draw === null) await keep(interview, () => ({ members }));
}

export async function openList(interview: Interview): Promise<void> {
  await keep(interview, () => ({ draw: null, facts: {} }));
}

export async function finishInterview(interview: Interview, survey: KeptSurvey): Promise<void> {
  const dropped = interview.draw ? ((await noted<number>(droppedDraws(interview))) ?? 0) : 0;
  const facts = dropped ? { ...interview.facts, member_dropped: String(dropped) } : interview.facts;
  const answers = answersOf(survey.questionnaire, interview.answers);
  const members = interview.members.map((each) => ({ ...each, call: "" })); // nobody's name is needed any more
  await note(lastDesign(survey), plainly(interview.design));
  await keep(interview, () => ({ state: "waiting", finishedAt: moment(), message: "", wrong: {}, facts, answers, members }));
  if (dropped) await note(droppedDraws(interview), 0);
}

// What was asked and answered; what a condition took away again does not go along.
function answersOf(form: Questionnaire, given: Answers): Answers {
  const settled = settle(form, given, today());
  const asked = form.questions.filter((each) => isAsked(each) && settled.asked.has(each.key) && settled.answers[each.key]);
  return Object.fromEntries(asked.map((each) => [each.key, settled.answers[each.key] ?? ""]));
}

export async function reopenInterview(interview: Interview): Promise<void> {
  await keep(interview, () => ({ state: "open" }));
}

// A draw that is given up is not forgotten: it goes along with the next one.
export async function dropInterview(interview: Interview): Promise<void> {
  const key = droppedDraws(interview);
  await shelf.transaction("rw", shelf.interviews, shelf.notes, async () => {
    if (interview.draws) await note(key, ((await noted<number>(key)) ?? 0) + interview.draws);
    await shelf.interviews.delete(interview.instance);
  });
}

export function sentOf(interview: Interview): SentAnswers {
  const { latitude, longitude, accuracy } = interview;
  return {
    instance: interview.instance,
    source: interview.way,
    started_at: interview.begunAt,
    ended_at: interview.finishedAt,
    answers: interview.answers,
    drawn: { ...interview.design, ...interview.facts },
    place: latitude === null || longitude === null ? null : { latitude, longitude, accuracy },
  };
}

export async function keepTaken(interview: Interview): Promise<void> {
  await shelf.interviews.update(interview.instance, { state: "sent", message: "", wrong: {}, members: [] });
}

export async function keepRefused(interview: Interview, refusal: Refusal, message: string): Promise<void> {
  const WHERE = "body.answers.";
  const told = (refusal.problems ?? []).filter((each) => each.where.startsWith(WHERE));
  const wrong = Object.fromEntries(told.map((each) => [each.where.slice(WHERE.length), each.message]));
  await shelf.interviews.update(interview.instance, { state: "refused", message, wrong });
}
