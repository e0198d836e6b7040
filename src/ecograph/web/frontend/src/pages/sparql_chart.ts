// An answer as a bar chart or, over years, a line: the chart module of the other pages draws it.
import { draw, legend, type Figure, type Series } from "../charts/draw";
import { choices } from "../sparql/choices";
import { labelColumn, numberOf, numericColumns, textOf, type Context, type Result, type Row } from "../sparql/result";

const MARKS = 60;
/** Stands for the number of rows where a column of numbers could stand. */
const COUNT = -1;
const COLOURS = ["--area-forest", "--area-digital", "--area-mobility", "--area-energy", "--area-manufacturing", "--area-6", "--area-7"];

function chart(host: HTMLElement, result: Result, context: Context): boolean {
  const numeric = numericColumns(result);
  const years = numeric.filter((column) => /year$|^år/i.test(result.columns[column] ?? ""));
  const axes = result.columns.map((_, column) => column).filter((column) => !numeric.includes(column) || years.includes(column));
  const values = [...numeric.filter((column) => !years.includes(column)), COUNT];
  if (!result.rows.length || !axes.length) return false;
  const name = (column: number): [number, string] => [column, result.columns[column] ?? context.words["count"] ?? ""];
  const best = years[0] ?? labelColumn(result, axes[0]!);
  const drawing = document.createElement("figure");
  drawing.className = "chart";
  choices(
    host,
    [
      { label: context.words["x"] ?? "", options: axes.map(name), value: best },
      { label: context.words["y"] ?? "", options: values.map(name), value: values[0]! },
    ],
    ([x = best, y = values[0]!]) => {
      const overYears = years.includes(x);
      const marks: Figure["marks"] = [];
      const counts = new Map<string, number>();
      for (const row of result.rows) {
        const at = textOf(row[x]);
        const value = y === COUNT ? null : numberOf(row[y]);
        if (at) counts.set(at, (counts.get(at) ?? 0) + 1);
        if (at && value !== null) marks.push({ x: overYears ? Number(at) : at, y: value, s: "", row } as Figure["marks"][number]);
      }
      if (y === COUNT) for (const [at, count] of counts) marks.push({ x: overYears ? Number(at) : at, y: count, s: "" });
      const series = y === COUNT ? [] : split(marks as Marked[], result, x, overYears);
      const data: Figure = {
        kind: series?.length ? "line" : "bar", lang: context.lang, unit: "", years: overYears, x: result.columns[x] ?? "", y: name(y)[1],
        marks: (overYears ? marks.sort((a, b) => Number(a.x) - Number(b.x)) : marks.slice(0, MARKS)).map(({ x, y, s }) => ({ x, y, s })),
        series: series ?? [], adopted: null, words: { before: "", after: "" },
      };
      if (!series || !data.marks.length) {
        const note = document.createElement("p");
        note.className = "notice";
        note.textContent = context.words[series ? "chart-none" : "chart-shared"] ?? "";
        drawing.replaceChildren(note);
        if (!drawing.isConnected) host.append(drawing);
        return;
      }
      const picture = document.createElement("div");
      picture.className = "drawing";
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", `${data.y} / ${data.x}`);
      drawing.replaceChildren(picture);
      if (!drawing.isConnected) host.append(drawing);
      const width = Math.max(280, Math.floor(host.clientWidth));
      const key = legend(data, width);
      if (key) picture.before(key);
      picture.append(draw(data, width));
    },
  );
  return true;
}

type Marked = Figure["marks"][number] & { row: Row };

/**
 * Give marks that share a place their series, by a column that keeps them apart; years only, as lines.
 * Returns no series where each mark has its own place, and null where nothing keeps them apart: what a column
 * counts is not known here, so nothing is added up.
 */
function split(marks: Marked[], result: Result, x: number, overYears: boolean): Series[] | null {
  const apart = (of: (mark: Marked) => string): boolean => new Set(marks.map((mark) => `${mark.x}\n${of(mark)}`)).size === marks.length;
  if (apart(() => "")) return [];
  if (!overYears) return null;
  for (const column of result.columns.keys()) {
    if (column === x || labelColumn(result, column) !== column) continue;
    const names = [...new Set(marks.map(({ row }) => textOf(row[column])))];
    if (names.length < 2 || names.length > COLOURS.length || !apart(({ row }) => textOf(row[column]))) continue;
    for (const mark of marks) mark.s = textOf(mark.row[column]);
    return names.map((name, number) => ({ name, colour: COLOURS[number]!, pattern: number }));
  }
  return null;
}

(window.ecographViews ??= {})["chart"] = chart;
