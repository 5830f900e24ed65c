// The map of sites: the city's own layers below, sites in clusters above, the list beside it in step.

import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import {
  AttributionControl,
  type GeoJSONSource,
  LngLatBounds,
  Map,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import { openDrawer } from "./drawer";
import { groundLayers, siteLayers } from "./map-style";
import { word } from "./words";

setWorkerUrl(workerUrl);

const ready = new WeakSet<HTMLElement>();
const SITES = "sites";

interface Ground {
  address: string;
  kind: string;
}

type Collection = GeoJSON.FeatureCollection<GeoJSON.Geometry, Record<string, string> | null>;

async function read(address: string): Promise<Collection> {
  const answer = await fetch(address, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Collection;
}

function groundsOf(room: HTMLElement): Ground[] {
  return [...room.querySelectorAll<HTMLElement>("[data-layer]")].map((each) => ({
    address: each.dataset.layer!,
    kind: each.dataset.kind!,
  }));
}

async function sitesOf(room: HTMLElement): Promise<Collection> {
  if (room.dataset.features) return read(room.dataset.features);
  const [longitude, latitude] = room.dataset.point!.split(" ").map(Number);
  const geometry: GeoJSON.Point = { type: "Point", coordinates: [longitude!, latitude!] };
  const properties = { name: room.dataset.name!, key: "" };
  return { type: "FeatureCollection", features: [{ type: "Feature", properties, geometry }] };
}

function around(...collections: Collection[]): LngLatBounds {
  const bounds = new LngLatBounds();
  const walk = (place: unknown): void => {
    if (!Array.isArray(place)) return;
    if (typeof place[0] === "number") bounds.extend([place[0], place[1] as number]);
    else place.forEach(walk);
  };
  for (const collection of collections) {
    for (const each of collection.features) walk((each.geometry as GeoJSON.Point).coordinates);
  }
  return bounds;
}

function make(room: HTMLElement, canvas: HTMLElement, isSmall: boolean, bounds: LngLatBounds): Map {
  const map = new Map({
    container: canvas,
    style: { version: 8, sources: {}, layers: [] },
    bounds: bounds.isEmpty() ? [[73, 18], [135, 54]] : bounds,
    fitBoundsOptions: { padding: 32, maxZoom: isSmall ? 13 : 15 },
    interactive: !isSmall,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: window.matchMedia("(max-width: 920px)").matches,
    locale: {
      "Map.Title": word("map"),
      "NavigationControl.ZoomIn": word("zoom-in"),
      "NavigationControl.ZoomOut": word("zoom-out"),
      "AttributionControl.ToggleAttribution": word("map-source"),
      "CooperativeGesturesHandler.MobileHelpText": word("two-fingers"),
      "CooperativeGesturesHandler.WindowsHelpText": word("two-fingers"),
      "CooperativeGesturesHandler.MacHelpText": word("two-fingers"),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  if (!isSmall) map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  if (room.dataset.attribution) {
    const text = document.createElement("span");
    text.textContent = room.dataset.attribution; // never as markup
    map.addControl(new AttributionControl({ customAttribution: text.innerHTML, compact: false }));
  }
  return map;
}

function addTiles(map: Map, room: HTMLElement): void {
  if (!room.dataset.tiles) return;
  map.addSource("tiles", { type: "raster", tiles: [room.dataset.tiles], tileSize: 256 });
  map.addLayer({ id: "tiles", type: "raster", source: "tiles" });
}

function addSites(map: Map, sites: Collection): void {
  map.addSource(SITES, {
    type: "geojson",
    data: sites,
    cluster: true,
    clusterRadius: 36,
    clusterMaxZoom: 14,
  });
  for (const layer of siteLayers(SITES)) map.addLayer(layer);
}

function answerClicks(map: Map, room: HTMLElement): void {
  map.on("click", "clusters", async (event) => {
    const found = event.features?.[0];
    if (found?.geometry.type !== "Point") return;
    const source = map.getSource(SITES) as GeoJSONSource;
    const zoom = await source.getClusterExpansionZoom(Number(found.properties.cluster_id));
    map.easeTo({ center: found.geometry.coordinates as [number, number], zoom });
  });
  map.on("click", "points", (event) => {
    const key = event.features?.[0]?.properties.key as string | undefined;
    if (key && room.dataset.page) {
      void openDrawer(room.dataset.page.replace(/0{8}-0{4}-0{4}-0{4}-0{12}/, key), room);
    }
  });
  for (const layer of ["clusters", "points"]) {
    map.on("mouseenter", layer, () => map.getCanvas().classList.add("can-click"));
    map.on("mouseleave", layer, () => map.getCanvas().classList.remove("can-click"));
  }
}

/** The list holds what the map shows; what one points at in the list is marked on the map. */
function keepInStep(map: Map): void {
  const list = document.querySelector<HTMLElement>("[data-map-list]");
  if (!list) return;
  const only = document.querySelector<HTMLInputElement>("[data-only-in-view]");
  const said = document.querySelector<HTMLElement>("[data-in-view]");
  const lines = [...list.querySelectorAll<HTMLElement>("[data-at]")].map((line) => {
    const [longitude, latitude] = line.dataset.at!.split(" ").map(Number);
    return { line, at: [longitude!, latitude!] as [number, number] };
  });
  const show = (): void => {
    const bounds = map.getBounds();
    let inView = 0;
    for (const { line, at } of lines) {
      const isSeen = bounds.contains(at);
      inView += Number(isSeen);
      line.hidden = Boolean(only?.checked) && !isSeen;
    }
    if (said) said.textContent = (said.dataset.text ?? "").replace("{n}", String(inView));
  };
  const mark = (event: Event): void => {
    const key = (event.target as Element).closest<HTMLElement>("[data-site]")?.dataset.site ?? "";
    map.setFilter("chosen", ["==", ["get", "key"], key]);
  };
  map.on("moveend", show);
  only?.addEventListener("change", show);
  for (const kind of ["mouseover", "focusin"]) list.addEventListener(kind, mark);
  for (const kind of ["mouseleave", "focusout"]) list.addEventListener(kind, mark);
  show();
}

function excuse(room: HTMLElement): void {
  room.classList.add("without-map");
  const note = room.querySelector<HTMLElement>("[data-map-note]");
  if (note) note.textContent = word("no-map");
}

async function draw(room: HTMLElement): Promise<void> {
  const isSmall = room.hasAttribute("data-point");
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  try {
    const grounds = groundsOf(room);
    const [sites, ...read_] = await Promise.all([
      sitesOf(room),
      ...grounds.map((each) => read(each.address)),
    ]);
    room.append(canvas);
    const bounds = isSmall ? around(sites) : sites.features.length ? around(sites) : around(...read_);
    const map = make(room, canvas, isSmall, bounds);
    map.on("load", () => {
      addTiles(map, room);
      grounds.forEach((each, place) => {
        map.addSource(`ground-${place}`, { type: "geojson", data: read_[place]! });
        for (const layer of groundLayers(`ground-${place}`, each.kind)) map.addLayer(layer);
      });
      addSites(map, sites);
      if (!isSmall) {
        answerClicks(map, room);
        keepInStep(map);
      }
      room.classList.add("with-map");
      map.once("idle", () => room.setAttribute("data-drawn", String(sites.features.length)));
    });
  } catch {
    canvas.remove();
    excuse(room);
  }
}

export function drawMaps(root: ParentNode): void {
  for (const room of root.querySelectorAll<HTMLElement>("[data-map]")) {
    if (ready.has(room)) continue;
    ready.add(room);
    void draw(room);
  }
}
