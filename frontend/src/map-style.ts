// How the layers of the map are drawn: colours come from the style sheets, light or dark.

import type { LayerSpecification } from "maplibre-gl";

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function label(id: string, source: string, size: number, minzoom = 0): LayerSpecification {
  return {
    id: `${id}-names`,
    type: "symbol",
    source,
    minzoom,
    layout: {
      "text-field": ["coalesce", ["get", "name"], ["get", "名称"], ""],
      "text-size": size,
      "text-font": ["sans-serif"],
      "text-max-width": 8,
    },
    paint: {
      "text-color": colour("--ink-2"),
      "text-halo-color": colour("--paper"),
      "text-halo-width": 1.5,
    },
  };
}

function line(id: string, source: string, paint: object): LayerSpecification {
  return { id: `${id}-lines`, type: "line", source, paint, layout: { "line-join": "round" } };
}

function area(id: string, source: string, paint: object): LayerSpecification {
  const filter: ["==", ["geometry-type"], string] = ["==", ["geometry-type"], "Polygon"];
  return { id: `${id}-areas`, type: "fill", source, filter: filter as never, paint };
}

/** The layers for one layer of the city's own map. */
export function groundLayers(source: string, kind: string): LayerSpecification[] {
  const water = colour("--map-water");
  switch (kind) {
    case "water":
      return [
        area(source, source, { "fill-color": water }),
        line(source, source, { "line-color": water, "line-width": 5 }),
        label(source, source, 12, 10),
      ];
    case "green":
      return [area(source, source, { "fill-color": colour("--map-green") })];
    case "road":
      return [line(source, source, { "line-color": colour("--map-road"), "line-width": 2.5 })];
    case "grid":
      return [
        line(source, source, { "line-color": colour("--line-2"), "line-width": 1 }),
        label(source, source, 12, 10.5),
      ];
    default:
      return [
        line(source, source, {
          "line-color": colour("--ink-3"),
          "line-width": 2,
          "line-dasharray": [4, 2],
        }),
        label(source, source, 15),
      ];
  }
}

/** The layers for sites: clusters with their number, single ones, the one pointed at. */
export function siteLayers(source: string): LayerSpecification[] {
  const accent = colour("--accent");
  const paper = colour("--paper");
  return [
    {
      id: "clusters",
      type: "circle",
      source,
      filter: ["has", "point_count"],
      paint: {
        "circle-color": accent,
        "circle-radius": ["step", ["get", "point_count"], 13, 10, 17, 50, 22],
        "circle-stroke-color": paper,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "cluster-counts",
      type: "symbol",
      source,
      filter: ["has", "point_count"],
      layout: {
        "text-field": ["to-string", ["get", "point_count"]],
        "text-font": ["sans-serif"],
        "text-size": 13,
        "text-allow-overlap": true,
      },
      paint: { "text-color": colour("--on-accent") },
    },
    {
      id: "points",
      type: "circle",
      source,
      filter: ["!", ["has", "point_count"]],
      paint: {
        "circle-color": accent,
        "circle-radius": 7,
        "circle-stroke-color": paper,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "chosen",
      type: "circle",
      source,
      filter: ["==", ["get", "key"], ""],
      paint: {
        "circle-color": colour("--notmet"),
        "circle-radius": 10,
        "circle-stroke-color": paper,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "site-names",
      type: "symbol",
      source,
      minzoom: 13.5,
      filter: ["!", ["has", "point_count"]],
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["sans-serif"],
        "text-size": 12,
        "text-offset": [0, 1.2],
        "text-anchor": "top",
        "text-optional": true,
      },
      paint: {
        "text-color": colour("--ink"),
        "text-halo-color": paper,
        "text-halo-width": 1.5,
      },
    },
  ];
}
