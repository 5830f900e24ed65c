// Where the phone is, as long as a sheet is open; never kept as a track.

import { ref } from "vue";

export interface Here {
  latitude: number;
  longitude: number;
  accuracy: number;
  mocked: boolean | null;
  at: number;
}
export const here = ref<Here | null>(null);
const STALE_MS = 120_000;
let watching: number | null = null;

export function watchPlace(): void {
  if (watching !== null || !navigator.geolocation) return;
  watching = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      here.value = {
        latitude: coords.latitude,
        longitude: coords.longitude,
        accuracy: coords.accuracy,
        mocked: toldMocked(coords),
        at: timestamp,
      };
    },
    () => undefined, // without a place the photograph is kept all the same
    { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 },
  );
}

export function stopWatching(): void {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  watching = null;
}

export function lastPlace(): Here | null {
  const found = here.value;
  return found && Date.now() - found.at < STALE_MS ? found : null;
}

// Browsers say nothing of simulated places; the shells of Android and some Chinese browsers do.
function toldMocked(coords: GeolocationCoordinates): boolean | null {
  const told = coords as GeolocationCoordinates & { mocked?: unknown; isMock?: unknown };
  for (const flag of [told.mocked, told.isMock]) if (typeof flag === "boolean") return flag;
  return null;
}
