// What the screens show, and the deeds behind their buttons; every deed is kept before it is shown.

import { computed, reactive, ref } from "vue";
import type { Checklist, Pass, SheetRecord } from "../contract";
import { interviews, readInterviews, takeSurveys } from "./interviews";
import { lastPlace } from "./place";
import { sendAll, type Progress } from "./sending";
import { fetchDay, fetchPass, LoggedOut, Unreachable } from "./server";
import { askToKeep, type Draft, type KeptPlan, moment, newIdentity, note, noted, plainly, roomLeft, shelf, type Room } from "./shelf";

export const pass = ref<Pass | null>(null);
export const plans = ref<KeptPlan[]>([]);
export const checklists = reactive<Record<string, Checklist>>({});
export const drafts = ref<Draft[]>([]);
export const photoCounts = reactive<Record<string, number>>({}); // by instance
export const progress = reactive<Progress>({ isSending: false, isOffline: !navigator.onLine, isLoggedOut: false, instance: "" });
export const room = ref<Room | null>(null);
export const takenAt = ref("");
export const trouble = ref("");

const both = computed(() => [...drafts.value, ...interviews.value]);
export const waiting = computed(() => both.value.filter((each) => each.state === "waiting" || each.state === "sending"));
export const refusedOnes = computed(() => both.value.filter((each) => each.state === "refused"));
export const inspects = computed(() => pass.value?.inspects !== false);
export const interviewsToo = computed(() => pass.value?.interviews === true);
export const home = computed(() => (inspects.value ? "today" : "surveys")); // the word for where the app begins

export async function open(): Promise<void> {
  pass.value = (await noted<Pass>("person")) ?? null;
  await readShelf();
  void askToKeep();
  void refresh();
  addEventListener("online", () => void refresh());
  addEventListener("offline", () => (progress.isOffline = true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void refresh();
  });
  setInterval(() => {
    if (waiting.value.length > 0) void send();
  }, 30_000);
}

export async function readShelf(): Promise<void> {
  const person = pass.value?.person ?? "";
  plans.value = await shelf.plans.where("person").equals(person).toArray();
  drafts.value = await shelf.drafts.where("person").equals(person).toArray();
  await readInterviews(person);
  for (const each of await shelf.checklists.toArray()) checklists[each.key] = each.checklist;
  const counts: Record<string, number> = {};
  await shelf.photos.where("person").equals(person).each((photo) => {
    counts[photo.instance] = (counts[photo.instance] ?? 0) + 1;
  });
  for (const key of Object.keys(photoCounts)) delete photoCounts[key];
  Object.assign(photoCounts, counts);
  takenAt.value = (await noted<string>("taken_at")) ?? "";
  room.value = await roomLeft();
}

// Sends what waits, then takes today's plan along.
export async function refresh(): Promise<void> {
  try {
    pass.value = await fetchPass();
    await note("person", plainly(pass.value));
    progress.isOffline = false;
    progress.isLoggedOut = false;
    await send();
    await takeDay();
  } catch (error) {
    notice(error);
  }
}

function notice(error: unknown): void {
  if (error instanceof LoggedOut) progress.isLoggedOut = true;
  else if (error instanceof Unreachable) progress.isOffline = true;
  else trouble.value = error instanceof Error ? error.message : String(error);
}

async function takeDay(): Promise<void> {
  const person = pass.value?.person ?? "";
  if (interviewsToo.value) await takeSurveys(person);
  const day = inspects.value ? await fetchDay() : { visits: [], checklists: {} };
  await shelf.transaction("rw", shelf.plans, shelf.checklists, shelf.notes, async () => {
    await shelf.plans.where("person").equals(person).delete();
    await shelf.plans.bulkPut(day.visits.map((visit) => ({ ...visit, person })));
    await shelf.checklists.bulkPut(Object.entries(day.checklists).map(([key, checklist]) => ({ key, checklist })));
    await note("taken_at", moment());
  });
  await readShelf();
}

export async function send(): Promise<void> {
  await sendAll((change) => Object.assign(progress, change));
  await readShelf();
}

// The draft with which a visit goes on: the newest open one, else a new one.
export async function draftFor(plan: KeptPlan): Promise<Draft> {
  const found = draftsOf(plan.id).filter((each) => each.state === "open" && each.version === plan.version);
  return found.sort((a, b) => b.changedAt.localeCompare(a.changedAt))[0] ?? (await newDraft(plan));
}

export function draftsOf(visit: string): Draft[] {
  return drafts.value.filter((each) => each.visit === visit);
}

export async function newDraft(plan: KeptPlan, name = ""): Promise<Draft> {
  const place = lastPlace();
  const now = moment();
  const draft: Draft = {
    instance: newIdentity(),
    person: plan.person,
    visit: plan.id,
    site: plan.site.key,
    version: plan.version,
    name,
    state: "open",
    begunAt: now,
    finishedAt: "",
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    accuracy: place?.accuracy ?? null,
    notPossible: "",
    note: "",
    records: Object.fromEntries(plan.records.map((each) => [each.line, plainly(each)])),
    changedAt: now,
    message: "",
  };
  await shelf.drafts.add(draft);
  drafts.value.push(draft);
  return draft;
}

export async function keepRecord(draft: Draft, record: SheetRecord): Promise<void> {
  const kept = plainly({ ...record, seen_at: moment() });
  draft.records[record.line] = kept;
  const place = draft.latitude === null ? lastPlace() : null;
  const found = place ? { latitude: place.latitude, longitude: place.longitude, accuracy: place.accuracy } : {};
  Object.assign(draft, found);
  await shelf.drafts.update(draft.instance, { [`records.${record.line}`]: kept, changedAt: kept.seen_at, ...found });
}

export async function finish(draft: Draft, change: Partial<Draft> = {}): Promise<void> {
  const finished = { ...change, state: "waiting" as const, finishedAt: moment(), message: "" };
  await shelf.drafts.update(draft.instance, finished);
  Object.assign(draft, finished);
  void send();
}

// What was refused is opened again, with everything that was written.
export async function reopen(draft: Draft): Promise<void> {
  await shelf.drafts.update(draft.instance, { state: "open", message: "" });
  await readShelf();
}

export async function dropDraft(draft: Draft): Promise<void> {
  await shelf.transaction("rw", shelf.drafts, shelf.photos, async () => {
    await shelf.photos.where("instance").equals(draft.instance).delete();
    await shelf.drafts.delete(draft.instance);
  });
  await readShelf();
}

