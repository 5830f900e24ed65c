// What only some pages need is fetched when such a part is there.

export function drawParts(root: ParentNode): void {
  if (root.querySelector("[data-map]")) void import("./map").then((map) => map.drawMaps(root));
  if (root.querySelector("table[data-chart]")) {
    void import("./chart").then((chart) => chart.drawCharts(root));
  }
}
