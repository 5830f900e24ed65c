// Everything that the phone keeps: plans, drafts and photographs, written at each tap.

import Dexie, { type EntityTable } from "dexie";
import type { Member, MemberDraw } from "../answering/members";
import type { Survey, Way } from "../answering/questionnaire";
import type { Checklist, SheetPhoto, SheetRecord, VisitPlan, Words } from "../contract";

export type DraftState = "open" | "waiting" | "sending" | "sent" | "refused";

export interface Draft {
  instance: string; // made here once; the server takes it once, however often it is sent
  person: string;
  visit: string;
  site: string;
  version: number;
  name: string; // blank for the first; several drafts of one visit are told apart by it
  state: DraftState;
  begunAt: string;
  finishedAt: string;
  latitude: number | null;
  longitude: number | null;
  accuracy: number | null;
  notPossible: string;
  note: string;
  records: Record<string, SheetRecord>;
  changedAt: string;
  message: string; // what the server said when it refused
}
export interface Photo extends SheetPhoto {
  instance: string;
  person: string;
  picture: Blob;
  sent: number; // bytes that the server has, as far as is known here
  isDone: boolean;
  isPieced?: boolean; // sending the whole at once broke off
}
export interface KeptPlan extends VisitPlan {
  person: string;
}
export interface KeptSurvey extends Survey {
  person: string;
}
export interface Interview {
  instance: string; // made here before anything is typed: it decides whom the draw hits
  person: string;
  survey: string;
  title: Words;
  way: Way;
  state: DraftState;
  begunAt: string;
  finishedAt: string;
  latitude: number | null;
  longitude: number | null;
  accuracy: number | null;
  answers: Record<string, string>;
  design: Record<string, string>; // by column
  members: Member[]; // emptied when the sheet is finished
  draw: MemberDraw | null; // the list is frozen while there is one
  draws: number;
  facts: Record<string, string>; // of the draw, as they go along
  changedAt: string;
  message: string; // what the server said when it refused
  wrong: Record<string, string>; // the same, by question
}
export interface KeptChecklist {
  key: string;
  checklist: Checklist;
}
export interface Note {
  key: string;
  value: unknown;
}

export const shelf = new Dexie("wenming-field", { chromeTransactionDurability: "strict" }) as Dexie & {
  plans: EntityTable<KeptPlan, "id">;
  checklists: EntityTable<KeptChecklist, "key">;
  drafts: EntityTable<Draft, "instance">;
  photos: EntityTable<Photo, "id">;
  notes: EntityTable<Note, "key">;
  surveys: EntityTable<KeptSurvey, "id">;
  interviews: EntityTable<Interview, "instance">;
};

shelf.version(1).stores({
  plans: "id, person",
  checklists: "key",
  drafts: "instance, person, visit, state",
  photos: "id, instance, person",
  notes: "key",
});

shelf.version(2).stores({
  surveys: "id, person",
  interviews: "instance, person, survey, state",
});

export async function noted<T>(key: string): Promise<T | undefined> {
  return (await shelf.notes.get(key))?.value as T | undefined;
}

export async function note(key: string, value: unknown): Promise<void> {
  await shelf.notes.put({ key, value });
}

// Vue hands out proxies, which IndexedDB cannot copy.
export function plainly<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

// A moment as the server reads it: with its time zone, to the second.
export function moment(at: Date = new Date()): string {
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}

export function newIdentity(): string {
  return crypto.randomUUID();
}

export interface Room {
  used: number;
  quota: number;
  isPersistent: boolean;
  isTight: boolean;
}
const TIGHT_SHARE = 0.85;
const TIGHT_BYTES = 60_000_000; // about one more day of photographs

export async function roomLeft(): Promise<Room> {
  const storage = navigator.storage;
  const told = (await storage?.estimate?.()) ?? {};
  const used = told.usage ?? 0;
  const quota = told.quota ?? 0;
  const isPersistent = (await storage?.persisted?.()) ?? false;
  const isTight = quota > 0 && (used / quota > TIGHT_SHARE || quota - used < TIGHT_BYTES);
  return { used, quota, isPersistent, isTight };
}

// The browser may throw kept things away unless it was asked not to.
export async function askToKeep(): Promise<void> {
  await navigator.storage?.persist?.();
}

export function isFull(error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  const inner = error instanceof Dexie.DexieError ? ((error as { inner?: Error }).inner?.name ?? "") : "";
  return name === "QuotaExceededError" || inner === "QuotaExceededError";
}
