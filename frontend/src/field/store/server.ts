// The doors of the server, and what may go wrong on the way to them.

import type { SentAnswers, Survey } from "../answering/questionnaire";
import type { Day, Pass, Refusal, Sheet, UploadState } from "../contract";

// The server cannot be reached: try again later. Nothing is wrong with what was to be sent.
export class Unreachable extends Error {}

// Nobody is logged in any more; what waits is sent after the next log-in.
export class LoggedOut extends Error {}

// The server looked at it and said no, in a sentence.
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
  ) {
    super(refusal.message);
  }
}

const API = "/api/v1/field";
const PATIENCE_MS = 30_000;
let csrf = "";

async function asked(address: string, init: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      ...init,
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new LoggedOut();
  if (answer.status >= 500) throw new Unreachable(`${answer.status}`);
  if (answer.status === 429) {
    await new Promise((done) => setTimeout(done, 1000 * (Number(answer.headers.get("Retry-After")) || 10)));
    return asked(address, init);
  }
  if (!answer.ok) throw new Refused(answer.status, await said(answer));
  return answer;
}

async function said(answer: Response): Promise<Refusal> {
  try {
    return (await answer.json()) as Refusal;
  } catch {
    return { code: `http_${answer.status}`, message: `${answer.status} ${answer.statusText}` };
  }
}

async function json<T>(address: string, init: RequestInit = {}): Promise<T> {
  return (await (await asked(address, init)).json()) as T;
}

function changing(method: string, body: unknown): RequestInit {
  return {
    method,
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf, "Accept-Language": document.documentElement.lang },
  };
}

function sending(bytes: Blob): RequestInit {
  return {
    method: "PUT",
    body: bytes,
    headers: {
      "Content-Type": "application/octet-stream",
      "X-CSRFToken": csrf,
      "Accept-Language": document.documentElement.lang,
    },
  };
}

export async function fetchPass(): Promise<Pass> {
  const pass = await json<Pass>("/field/pass/");
  csrf = pass.csrf;
  return pass;
}

export function fetchDay(): Promise<Day> {
  return json<Day>(`${API}/day`);
}

export async function fetchSurveys(): Promise<Survey[]> {
  return (await json<{ surveys: Survey[] }>(`${API}/surveys`)).surveys;
}

export function sendAnswers(survey: string, sheet: SentAnswers): Promise<{ instance: string; repeated: boolean }> {
  return json(`${API}/surveys/${survey}/sheets`, changing("POST", sheet));
}

export function sendSheet(visit: string, sheet: Sheet): Promise<{ instance: string; state: string; repeated: boolean }> {
  return json(`${API}/visits/${visit}/sheets`, changing("POST", sheet));
}

// The whole of a photograph in one piece.
export function sendWhole(photo: { id: string; visit: string; digest: string }, picture: Blob): Promise<UploadState> {
  const asked = new URLSearchParams({ visit: photo.visit, digest: photo.digest });
  return json(`${API}/photos/${photo.id}?${asked}`, sending(picture));
}

export function beginUpload(upload: { id: string; visit: string; size: number; digest: string }): Promise<UploadState> {
  return json(`${API}/uploads`, changing("POST", upload));
}

export function sendChunk(id: string, offset: number, chunk: Blob): Promise<UploadState> {
  return json(`${API}/uploads/${id}/${offset}`, sending(chunk));
}

export function finishUpload(id: string): Promise<UploadState> {
  return json(`${API}/uploads/${id}/finish`, changing("POST", {}));
}
