// Charts: drawn from the very table that stands below them, in the colours of the page.

import { BarChart, CustomChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { optionOf } from "./chart-option";
import { asCsv, readTable } from "./chart-table";
import { word } from "./words";

echarts.use([
  BarChart,
  ScatterChart,
  CustomChart,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

const ready = new WeakSet<HTMLTableElement>();

function save(content: Blob | string, name: string): void {
  const link = document.createElement("a");
  link.href = typeof content === "string" ? content : URL.createObjectURL(content);
  link.download = name;
  link.click();
  if (typeof content !== "string") URL.revokeObjectURL(link.href);
}

function button(text: string, deed: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "btn", textContent: text });
  made.addEventListener("click", deed);
  return made;
}

/** The same drawing as SVG text; made apart from the page, whose policy allows no style in it. */
function asSvg(option: echarts.EChartsCoreOption, width: number, height: number): string {
  const apart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  apart.setOption(option);
  const text = apart.renderToSVGString();
  apart.dispose();
  return text;
}

function draw(table: HTMLTableElement): void {
  const read = readTable(table);
  if (!read.rows.length || !read.series.length) return;
  const figure = document.createElement("figure");
  figure.className = "chart no-print-tools";
  const room = document.createElement("div");
  room.className = "chart-room";
  room.setAttribute("role", "img");
  room.setAttribute("aria-label", word("chart", { title: read.title }));
  const isTall = table.dataset.chart !== "history";
  const height = isTall ? read.rows.length * 30 * Math.max(1, read.series.length / 2) + 60 : 280;
  room.style.height = `${height}px`;
  const tools = document.createElement("p");
  tools.className = "buttons chart-tools";
  figure.append(room, tools);
  if (read.beyond > 0) {
    const told = document.createElement("p");
    told.className = "muted small";
    told.textContent = word("chart-beyond", {
      shown: String(read.rows.length),
      all: String(read.rows.length + read.beyond),
    });
    room.after(told);
  }
  (table.closest(".wide, .table-room") ?? table).before(figure);

  const chart = echarts.init(room, null, { renderer: "canvas" });
  const redraw = (): void => chart.setOption(optionOf(read, isTall), true);
  redraw();
  new ResizeObserver(() => chart.resize()).observe(room);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  const name = read.title.replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60) || "chart";
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  tools.append(
    button("PNG", () => {
      const image = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: paper });
      save(image, `${name}.png`);
    }),
    button("SVG", () => {
      const text = asSvg(optionOf(read, isTall), room.clientWidth, height);
      save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
    }),
    button("CSV", () => save(new Blob([asCsv(table)], { type: "text/csv" }), `${name}.csv`)),
  );
  room.dataset.drawn = String(read.rows.length);
}

export function drawCharts(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table[data-chart]")) {
    if (ready.has(table)) continue;
    ready.add(table);
    draw(table);
  }
}
