// What a table says, read for its chart: the head of a row is the name, marked columns are figures.

/** A figure with its interval and limit, as far as the cell gives them. */
export interface Figure {
  value: number | null;
  written: string;
  low: number | null;
  high: number | null;
  limit: number | null;
}

export interface Series {
  title: string;
  colour: string;
  figures: Figure[];
}

export interface Read {
  title: string;
  unit: string;
  rows: string[];
  beyond: number;
  series: Series[];
}

const MOST = 30;

function text(cell: Element | null | undefined): string {
  return (cell?.textContent ?? "").replace(/\s+/g, " ").trim();
}

function number(written: string | undefined): number | null {
  const digits = (written ?? "").replace(/[,\s%]/g, "").replace("−", "-");
  return digits === "" || Number.isNaN(Number(digits)) ? null : Number(digits);
}

function figure(cell: HTMLTableCellElement | undefined): Figure {
  return {
    value: number(cell?.dataset.value ?? text(cell)),
    written: text(cell),
    low: number(cell?.dataset.low),
    high: number(cell?.dataset.high),
    limit: number(cell?.dataset.limit),
  };
}

export function readTable(table: HTMLTableElement): Read {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const marked = heads.filter((head) => head.dataset.series !== undefined);
  const all = [...(table.tBodies[0]?.rows ?? [])].filter((row) => row.cells.length > 1);
  const rows = all.slice(0, MOST);
  return {
    title: table.dataset.chartTitle ?? text(table.caption),
    unit: table.dataset.unit ?? "",
    rows: rows.map((row) => text(row.querySelector("th") ?? row.cells[0])),
    beyond: all.length - rows.length,
    series: marked.map((head) => ({
      title: text(head).replace(/[↑↓]/g, "").trim(),
      colour: head.dataset.series || "accent",
      figures: rows.map((row) => figure(row.cells[head.cellIndex])),
    })),
  };
}

/** The table as a file; what spreadsheets would take for a formula is kept as text. */
export function asCsv(table: HTMLTableElement): string {
  const lines = [...table.rows].map((row) =>
    [...row.cells].map((cell) => quoted(text(cell))).join(","),
  );
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function quoted(written: string): string {
  const isFormula = /^[=+@\t]/.test(written) || /^-(?![\d.])/.test(written);
  const safe = isFormula ? `'${written}` : written;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
