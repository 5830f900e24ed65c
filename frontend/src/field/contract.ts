// What the app and the server say to each other; docs/reference/field.md says it in words.

export interface Words {
  zh: string;
  en: string;
}
export type Outcome = "conform" | "not_conform" | "not_applicable" | "not_observed";
export type Judgement = "pass_fail" | "count" | "share";
export type Source = "camera" | "gallery";

export interface Line {
  key: string;
  title: Words;
  severity: "critical" | "major" | "minor";
  judgement: Judgement;
  op: string;
  limit: string;
  window: string;
  seconds: number; // of a timed observation; 0 where it is not timed
  photo: boolean; // a photograph is asked for where the line is not met
  gallery: boolean; // it may also come from the gallery
}
export interface Checklist {
  title: Words;
  how: string;
  lines: Line[];
}
export interface Place {
  key: string;
  title: string;
  site_type: string;
  county: string;
  street: string;
  address: string;
  latitude: number | null;
  longitude: number | null;
}
export interface VisitPlan {
  id: string;
  state: "planned" | "returned" | "submitted" | "accepted" | "not_possible";
  version: number; // the number that the next sheet of this visit bears
  planned_on: string;
  position: number;
  collection: Words;
  site: Place;
  partners: string[];
  checklist: string; // key of its checklist in Day.checklists
  reason: string; // why it was returned
  remarks: { line: string; text: string }[];
  records: SheetRecord[]; // of the version that was returned
  photographed: string[]; // lines of which the server has a photograph already
}
export interface Day {
  visits: VisitPlan[];
  checklists: Record<string, Checklist>;
}
export interface Pass {
  csrf: string;
  person: string;
  name: string;
  city: Words;
  is_synthetic: boolean;
  inspects?: boolean; // absent where it was kept by an earlier version of the app
  interviews?: boolean;
}

export interface SheetRecord {
  line: string;
  outcome: Outcome | "";
  value: number | null; // a count; of a share, those in order
  base: number | null; // of a share, all that were looked at
  seconds: number | null;
  reason: string;
  remark: string;
  seen_at: string;
}
export interface SheetPhoto {
  id: string;
  line: string;
  digest: string;
  size: number;
  taken_at: string;
  latitude: number | null;
  longitude: number | null;
  accuracy: number | null;
  mocked: boolean | null; // null: the device does not tell
  source: Source;
}
export type SentRecord = Omit<SheetRecord, "outcome" | "reason"> & { outcome: Outcome | null; reason: string | null };
export interface Sheet {
  instance: string;
  version: number;
  site: string;
  begun_at: string;
  finished_at: string;
  latitude: number | null;
  longitude: number | null;
  accuracy: number | null;
  not_possible: string | null; // the coded reason; null when the site was looked at
  note: string;
  records: SentRecord[];
  photos: Omit<SheetPhoto, "digest" | "size">[]; // their bytes were uploaded before
}
export interface Refusal {
  code: string;
  message: string;
  facts?: Record<string, unknown>;
  problems?: { where: string; code: string; message: string }[] | null;
}
export interface UploadState {
  id: string;
  offset: number;
  is_done: boolean;
}
