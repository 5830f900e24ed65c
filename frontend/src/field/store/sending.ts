// The queue: photographs first, in pieces that go on where they broke off, then the sheet; then interviews.

import type { Sheet } from "../contract";
import { keepRefused, keepTaken, sentOf } from "./interviews";
import { beginUpload, fetchPass, finishUpload, LoggedOut, Refused, sendAnswers, sendChunk, sendSheet, sendWhole, Unreachable } from "./server";
import { type Draft, type Interview, note, type Photo, shelf } from "./shelf";

const CHUNK = 256 * 1024;
const WHOLE = 600 * 1024; // a larger photograph goes in pieces

export interface Progress {
  isSending: boolean;
  isOffline: boolean;
  isLoggedOut: boolean;
  instance: string; // what is being sent now
}
export type Watch = (progress: Partial<Progress>) => void;

let running: Promise<void> | null = null;

// Sends all that waits; called while it runs, it is the same run.
export function sendAll(watch: Watch): Promise<void> {
  if (running) return running;
  running = locked(watch).finally(() => {
    running = null;
  });
  return running;
}

// Two windows of the app must not send the same sheet at once.
async function locked(watch: Watch): Promise<void> {
  await navigator.locks.request("wenming-field-queue", async () => sendWaiting(watch));
}

async function sendWaiting(watch: Watch): Promise<void> {
  watch({ isSending: true });
  try {
    const pass = await fetchPass();
    watch({ isOffline: false, isLoggedOut: false });
    await note("person", pass);
    const waiting = await shelf.drafts.where("state").anyOf("waiting", "sending").sortBy("finishedAt");
    for (const draft of waiting.filter((each) => each.person === pass.person)) {
      watch({ instance: draft.instance });
      await sendDraft(draft);
    }
    const interviews = await shelf.interviews.where("state").anyOf("waiting", "sending").sortBy("finishedAt");
    for (const each of interviews.filter((one) => one.person === pass.person)) {
      watch({ instance: each.instance });
      await sendInterview(each);
    }
  } catch (error) {
    if (error instanceof LoggedOut) watch({ isLoggedOut: true, isOffline: false });
    else if (error instanceof Unreachable) watch({ isOffline: true });
    else throw error;
  } finally {
    watch({ isSending: false, instance: "" });
  }
}

async function sendDraft(draft: Draft): Promise<void> {
  await shelf.drafts.update(draft.instance, { state: "sending" });
  try {
    const photos = await shelf.photos.where("instance").equals(draft.instance).sortBy("taken_at");
    for (const photo of photos) await sendPhoto(draft, photo);
    await sendSheet(draft.visit, sheetOf(draft, photos));
    await keepSent(draft);
  } catch (error) {
    const isRefused = error instanceof Refused;
    const message = isRefused ? sentenceOf(error) : "";
    await shelf.drafts.update(draft.instance, { state: isRefused ? "refused" : "waiting", message });
    if (!isRefused) throw error;
  }
}

async function sendInterview(interview: Interview): Promise<void> {
  await shelf.interviews.update(interview.instance, { state: "sending" });
  try {
    await sendAnswers(interview.survey, sentOf(interview));
    await keepTaken(interview);
  } catch (error) {
    if (!(error instanceof Refused)) {
      await shelf.interviews.update(interview.instance, { state: "waiting" });
      throw error;
    }
    await keepRefused(interview, error.refusal, sentenceOf(error));
  }
}

function sentenceOf(error: Refused): string {
  const more = (error.refusal.problems ?? []).map((each) => each.message);
  return [error.refusal.message, ...more].join("\n");
}

// The bytes of the photographs go once the server has the whole; the sheet stays for a look back.
async function keepSent(draft: Draft): Promise<void> {
  await shelf.transaction("rw", shelf.drafts, shelf.photos, shelf.plans, async () => {
    await shelf.drafts.update(draft.instance, { state: "sent", message: "" });
    await shelf.photos.where("instance").equals(draft.instance).delete();
    await shelf.plans.update(draft.visit, { state: draft.notPossible ? "not_possible" : "submitted" });
  });
}

async function sendPhoto(draft: Draft, photo: Photo): Promise<void> {
  if (photo.isDone) return;
  try {
    await sendBytes(draft, photo);
  } catch (error) {
    const isBroken = error instanceof Refused && error.refusal.code === "upload_broken";
    if (!isBroken) throw error;
    await sendBytes(draft, photo); // the server set it back to its beginning
  }
  await shelf.photos.update(photo.id, { isDone: true, sent: photo.size });
}

async function sendBytes(draft: Draft, photo: Photo): Promise<void> {
  if (photo.size <= WHOLE && !photo.isPieced && (await sentWhole(draft, photo))) return;
  let state = await beginUpload({ id: photo.id, visit: draft.visit, size: photo.size, digest: photo.digest });
  while (!state.is_done && state.offset < photo.size) {
    state = await sendFrom(photo, state.offset);
    await shelf.photos.update(photo.id, { sent: state.offset });
  }
  if (!state.is_done) await finishUpload(photo.id);
}

// False where a part of it is on the server already.
async function sentWhole(draft: Draft, photo: Photo): Promise<boolean> {
  try {
    await sendWhole({ id: photo.id, visit: draft.visit, digest: photo.digest }, photo.picture);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "upload_offset") return false;
    // On a bad line the next attempt goes in pieces, so that some of it stays.
    if (error instanceof Unreachable) await shelf.photos.update(photo.id, { isPieced: true });
    throw error;
  }
}

async function sendFrom(photo: Photo, offset: number) {
  try {
    return await sendChunk(photo.id, offset, photo.picture.slice(offset, offset + CHUNK));
  } catch (error) {
    const at = error instanceof Refused && error.refusal.code === "upload_offset" ? error.refusal.facts?.["offset"] : null;
    if (typeof at === "number") return { id: photo.id, offset: at, is_done: false };
    throw error;
  }
}

export function sheetOf(draft: Draft, photos: Photo[]): Sheet {
  return {
    instance: draft.instance,
    version: draft.version,
    site: draft.site,
    begun_at: draft.begunAt,
    finished_at: draft.finishedAt,
    latitude: draft.latitude,
    longitude: draft.longitude,
    accuracy: draft.accuracy,
    not_possible: draft.notPossible || null,
    note: draft.note,
    records: draft.notPossible ? [] : Object.values(draft.records).map((each) => ({ ...each, outcome: each.outcome || null, reason: each.reason || null })),
    photos: photos.map(({ id, line, taken_at, latitude, longitude, accuracy, mocked, source }) => ({
      id, line, taken_at, latitude, longitude, accuracy, mocked, source,
    })),
  };
}
