// From a read table to what ECharts draws: bars that lie, or dots over rounds, limits, whiskers.

import type { CustomSeriesRenderItem } from "echarts";
import type { EChartsCoreOption } from "echarts/core";
import type { Read, Series } from "./chart-table";

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The option of a chart; colours are read anew, so that dark and light fit. */
export function optionOf(read: Read, isLying: boolean): EChartsCoreOption {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const font = { color: token("--ink-2"), fontSize: size, fontFamily: "sans-serif" };
  const names = {
    type: "category",
    data: read.rows,
    inverse: isLying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token("--line-2") } },
    axisLabel: {
      ...font,
      color: token("--ink"),
      width: isLying ? 190 : 120,
      overflow: isLying ? "truncate" : "break", // a second line would run into the bar beside it
      ellipsis: "…",
    },
  };
  const figures = {
    type: "value",
    name: read.unit,
    nameTextStyle: font,
    scale: !isLying,
    axisLabel: { ...font, hideOverlap: true },
    splitLine: { lineStyle: { color: token("--line") } },
  };
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: font,
    grid: { left: 8, right: 56, top: 24, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      confine: true,
      renderMode: "richText", // no markup is put into the page
      backgroundColor: token("--paper"),
      borderColor: token("--line-2"),
      textStyle: { color: token("--ink") },
    },
    xAxis: isLying ? figures : names,
    yAxis: isLying ? names : figures,
    series: read.series.flatMap((each) => drawn(each, isLying, font)),
  };
}

/** A figure beside its bar, written as its cell writes it. */
function written(params: { data?: unknown }): string {
  return (params.data as { written: string }).written;
}

function drawn(series: Series, isLying: boolean, font: object): object[] {
  const colour = token(`--${series.colour}`) || token("--accent");
  const limits = [...new Set(series.figures.map((each) => each.limit))].filter((n) => n !== null);
  const axis = isLying ? "xAxis" : "yAxis";
  const lines = {
    silent: true,
    symbol: "none",
    lineStyle: { color: token("--notmet"), type: "solid", width: 1.5 },
    label: { formatter: "{c}", color: token("--notmet") },
    data: limits.map((limit) => ({ [axis]: limit })),
  };
  const shape = isLying
    ? {
        type: "bar",
        barMaxWidth: 16,
        label: { ...font, show: true, position: "right", color: token("--ink"), formatter: written },
      }
    : { type: "scatter", symbolSize: 11 };
  const main = {
    ...shape,
    name: series.title,
    itemStyle: { color: colour },
    data: series.figures.map((each) => ({ value: each.value, written: each.written })),
    ...(limits.length ? { markLine: lines } : {}),
  };
  return [...whiskers(series, isLying), main];
}

/** The interval behind a figure, as a thick grey line. */
function whiskers(series: Series, isLying: boolean): object[] {
  const data = series.figures
    .map((each, place) => [place, each.low, each.high])
    .filter(([, low, high]) => low !== null && high !== null);
  if (!data.length) return [];
  const colour = token("--ink-3");
  const renderItem: CustomSeriesRenderItem = (_params, api) => {
    const place = api.value(0) as number;
    const at = (value: number): number[] => api.coord(isLying ? [value, place] : [place, value]);
    const [from, to] = [at(api.value(1) as number), at(api.value(2) as number)];
    return {
      type: "line",
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: { stroke: colour, lineWidth: 6, opacity: 0.35 },
    };
  };
  return [{ type: "custom", name: `${series.title} ±`, renderItem, data, silent: true, z: 1 }];
}
