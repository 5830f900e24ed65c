// A photograph as it is kept: no larger than needed to see what it shows, with its own digest.

import type { Source } from "../contract";
import { lastPlace } from "./place";
import { moment, newIdentity, type Photo, shelf } from "./shelf";

const LONGEST = 2048;
const QUALITY = 0.85;

// What was chosen is not a picture that this browser can read.
export class NoPicture extends Error {}

export async function takePhoto(file: File, of: { instance: string; person: string; line: string; source: Source }): Promise<Photo> {
  const picture = await shrunk(file);
  const bytes = await picture.arrayBuffer();
  const place = of.source === "camera" ? lastPlace() : null;
  const taken = of.source === "camera" ? new Date() : new Date(Math.min(file.lastModified || Date.now(), Date.now()));
  const photo: Photo = {
    id: newIdentity(),
    ...of,
    digest: hex(await crypto.subtle.digest("SHA-256", bytes)),
    size: bytes.byteLength,
    taken_at: moment(taken),
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    accuracy: place?.accuracy ?? null,
    mocked: place?.mocked ?? null,
    picture,
    sent: 0,
    isDone: false,
  };
  await shelf.photos.add(photo);
  return photo;
}

async function shrunk(file: File): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new NoPicture();
  }
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new NoPicture();
  return blob;
}

function hex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
