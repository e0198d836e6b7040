// The five kinds of charts, by Observable Plot. Colours are the tokens of the style sheet, so that a dark scheme,
// more contrast and print need no redrawing; no series is told by its colour alone.
import * as Plot from "@observablehq/plot";
import { amount, compact, textWidth, wrapped } from "./text";
import { patterns, swatch, DASHES, SYMBOLS } from "./pattern";

export interface Mark {
  x: string | number;
  y: number;
  s: string;
  low?: number;
  high?: number;
  colour?: string;
}
export interface Series {
  name: string;
  colour: string;
  pattern: number;
}
export interface Figure {
  kind: "bar" | "stacked" | "line" | "interval" | "heat";
  lang: string;
  unit: string;
  years: boolean;
  x: string;
  y: string;
  marks: Mark[];
  series: (Series | string)[];
  adopted: { at: number; from: number; label: string } | null;
  words: { before: string; after: string };
}

const ROW = 30;
const INK = "var(--ink)";
const SOFT = "var(--ink-soft)";
const FINE = "var(--line)";
let drawn = 0;

/** Return the chart as an SVG of that width, ready to stand on a page with a strict policy. */
export function draw(data: Figure, width: number): SVGElement {
  const prefix = `chart-${(drawn += 1)}`;
  const named = data.series.filter((entry): entry is Series => typeof entry !== "string");
  const fills = named.length ? named : [{ name: "", colour: "--spruce", pattern: 0 }];
  const options = kinds[data.kind](data, width, prefix, fills);
  const svg = Plot.plot({ ...options, width, className: "plot" }) as SVGElement;
  // Plot's own <style> element is not allowed here; its two rules stand in charts.css.
  svg.querySelectorAll("style").forEach((element) => element.remove());
  svg.setAttribute("aria-hidden", "true");
  svg.prepend(patterns(prefix, fills, data.years && data.kind === "bar"));
  return svg;
}

/** Return what the colours and patterns mean, or null where the chart's own labels say it. */
export function legend(data: Figure, width: number): HTMLElement | null {
  const named = data.series.filter((entry): entry is Series => typeof entry !== "string");
  const list = document.createElement("ul");
  list.className = "legend";
  const add = (fill: Series, word: string, line: boolean, before = false): void => {
    const item = document.createElement("li");
    item.append(swatch(`key-${(drawn += 1)}`, fill, line, before), word);
    list.append(item);
  };
  if (data.kind === "line" && named.length > 1 && !beside(data, width)) for (const entry of named) add(entry, entry.name, true);
  if (data.kind === "stacked") for (const entry of named) add(entry, entry.name, false);
  if (data.kind === "bar" && data.adopted && data.marks.some((mark) => Number(mark.x) < data.adopted!.from)) {
    const plain = { name: "", colour: "--spruce", pattern: 0 };
    add(plain, data.words.before, false, true);
    if (data.marks.some((mark) => Number(mark.x) >= data.adopted!.from)) add(plain, data.words.after, false);
  }
  return list.children.length ? list : null;
}

type Draw = (data: Figure, width: number, prefix: string, fills: Series[]) => Plot.PlotOptions;

const kinds: Record<Figure["kind"], Draw> = { bar, stacked, line, interval, heat };

function bar(data: Figure, width: number, prefix: string, fills: Series[]): Plot.PlotOptions {
  return data.years ? columns(data, width, prefix, fills) : rows(data, width, prefix, fills);
}

function stacked(data: Figure, width: number, prefix: string, fills: Series[]): Plot.PlotOptions {
  return data.years ? columns(data, width, prefix, fills) : rows(data, width, prefix, fills);
}

interface Piece extends Mark {
  from: number;
  to: number;
  fill: string;
}

/** Lay the marks of one place end to end, in the order of the series. */
function pieces(data: Figure, prefix: string, fills: Series[]): Piece[] {
  const order = new Map(fills.map((entry, index) => [entry.name, index]));
  const sums = new Map<string | number, number>();
  const sorted = [...data.marks].sort((a, b) => (order.get(a.s) ?? 0) - (order.get(b.s) ?? 0));
  return sorted.map((mark) => {
    const from = sums.get(mark.x) ?? 0;
    sums.set(mark.x, from + mark.y);
    const before = data.kind === "bar" && data.adopted && Number(mark.x) < data.adopted.from;
    const series = order.get(mark.s) ?? 0;
    const fill = mark.colour && data.kind === "bar" ? `var(${mark.colour})` : `url(#${prefix}-${before ? "before" : series})`;
    return { ...mark, from, to: from + mark.y, fill };
  });
}

function spoken(data: Figure, mark: Mark): string {
  return `${mark.s ? `${mark.s}, ` : ""}${mark.x}: ${amount(mark.y, data.lang, data.unit)}`;
}

/** Horizontal bars, one for each category, with the value at the end. */
function rows(data: Figure, width: number, prefix: string, fills: Series[]): Plot.PlotOptions {
  const names = [...new Set(data.marks.map((mark) => String(mark.x)))];
  const laid = pieces(data, prefix, fills);
  const totals = names.map((name) => ({ x: name, to: Math.max(...laid.filter((m) => String(m.x) === name).map((m) => m.to)) }));
  const labels = wrapped(names, width * 0.42);
  const end = Math.max(...totals.map((total) => textWidth(amount(total.to, data.lang)))) + 12;
  return {
    height: names.length * ROW + 8,
    marginTop: 4,
    marginBottom: 4,
    marginLeft: labels.width + 12,
    marginRight: end,
    x: { axis: null, domain: [Math.min(0, ...data.marks.map((m) => m.y)), Math.max(0, ...totals.map((t) => t.to)) || 1] },
    y: { domain: names, label: null, padding: 0.28 },
    marks: [
      Plot.axisY({ tickSize: 0, tickPadding: 10, tickFormat: (name: string) => labels.text(name), fill: INK }),
      Plot.barX(laid, { x1: "from", x2: "to", y: (m: Piece) => String(m.x), fill: "fill", title: (m: Piece) => spoken(data, m) }),
      Plot.ruleX([0], { stroke: FINE }),
      Plot.text(totals, { x: "to", y: "x", text: (t: { to: number }) => amount(t.to, data.lang), textAnchor: "start", dx: 6, fill: INK }),
    ],
  };
}

/** Columns over years; the strategy's adoption is a line at its month. */
function columns(data: Figure, width: number, prefix: string, fills: Series[]): Plot.PlotOptions {
  const laid = pieces(data, prefix, fills);
  const years = span(data);
  const most = Math.max(...laid.map((m) => m.to)) || 1;
  const totals = [...new Set(laid.map((m) => Number(m.x)))].map((x) => ({
    x,
    to: Math.max(...laid.filter((m) => Number(m.x) === x).map((m) => m.to)),
  }));
  const left = textWidth(compact(most, data.lang)) + 14;
  const step = (width - left - 8) / years.length;
  const widest = Math.max(...totals.map((t) => textWidth(compact(t.to, data.lang))));
  return {
    height: 280,
    marginTop: 30,
    marginLeft: left,
    marginRight: 8,
    x: { domain: [years[0]!, years[years.length - 1]! + 1], label: null },
    y: { domain: [0, most], label: null },
    marks: [
      ...grid(data, years, step, most),
      Plot.rectY(laid, {
        x1: (m: Piece) => Number(m.x) + 0.12, x2: (m: Piece) => Number(m.x) + 0.88, y1: "from", y2: "to",
        fill: "fill", title: (m: Piece) => spoken(data, m),
      }),
      ...(widest < step - 2
        ? [Plot.text(totals, { x: (t: { x: number }) => t.x + 0.5, y: "to", text: (t: { to: number }) => compact(t.to, data.lang), dy: -8, fill: INK })]
        : []),
      ...adoption(data, years),
    ],
  };
}

/** Lines over years, each with its own dash and symbol, named at its end where there is room. */
function line(data: Figure, width: number, _prefix: string, fills: Series[]): Plot.PlotOptions {
  const years = data.years ? span(data) : [];
  const most = Math.max(...data.marks.map((m) => m.y)) || 1;
  const least = Math.min(0, ...data.marks.map((m) => m.y));
  const height = 300;
  const room = beside(data, width);
  const left = textWidth(compact(most, data.lang)) + 14;
  const right = room ? Math.max(...fills.map((entry) => textWidth(entry.name))) + 18 : 12;
  const step = (width - left - right) / Math.max(1, years.length);
  const at = (m: Mark): number => Number(m.x) + (data.years ? 0.5 : 0);
  const ends = fills.map((entry) => {
    const own = data.marks.filter((m) => m.s === entry.name).sort((a, b) => Number(a.x) - Number(b.x));
    return { name: entry.name, last: own[own.length - 1], own };
  });
  const placed = spread(ends.map((e) => e.last?.y ?? 0), (18 * (most - least)) / (height - 60));
  return {
    height,
    marginTop: 30,
    marginLeft: left,
    marginRight: right,
    x: data.years ? { domain: [years[0]!, years[years.length - 1]! + 1], label: null } : { type: "point", label: null },
    y: { domain: [least, most], label: null },
    marks: [
      ...grid(data, years, step, most),
      ...adoption(data, years),
      ...fills.flatMap((entry, index) => {
        const own = ends[index]!.own;
        const colour = `var(${entry.colour})`;
        const x = data.years ? at : (m: Mark) => String(m.x);
        return [
          Plot.lineY(own, { x, y: "y", stroke: colour, strokeWidth: 2, strokeDasharray: DASHES[index % DASHES.length]! }),
          Plot.dot(own, { x, y: "y", r: 3.6, symbol: SYMBOLS[index % SYMBOLS.length]!, stroke: colour, fill: "var(--paper)", strokeWidth: 1.8, title: (m: Mark) => spoken(data, m) }),
        ];
      }),
      ...(room
        ? [Plot.text(ends.filter((e) => e.last), {
            x: (e: (typeof ends)[number]) => at(e.last!), y: (_: unknown, i: number) => placed[i]!, text: "name",
            textAnchor: "start", dx: 10, fill: INK,
          })]
        : []),
    ],
  };
}

/** Estimates with their intervals, one for each category. */
function interval(data: Figure, width: number): Plot.PlotOptions {
  const names = data.marks.map((mark) => String(mark.x));
  const labels = wrapped(names, width * 0.4);
  const said = (m: Mark): string => amount(m.y, data.lang) + (m.low === undefined ? "" : ` (${amount(m.low, data.lang)}–${amount(m.high!, data.lang)})`);
  const bounds = data.marks.flatMap((m) => [m.y, m.low ?? m.y, m.high ?? m.y]);
  const colour = (m: Mark): string => `var(${m.colour ?? "--spruce"})`;
  return {
    height: names.length * ROW + 34,
    marginTop: 4,
    marginBottom: 30,
    marginLeft: labels.width + 12,
    marginRight: Math.max(...data.marks.map((m) => textWidth(said(m)))) + 12,
    x: { domain: [Math.min(0, ...bounds), Math.max(...bounds) || 1], label: null },
    y: { domain: names, label: null, padding: 0.28 },
    marks: [
      Plot.axisY({ tickSize: 0, tickPadding: 10, tickFormat: (name: string) => labels.text(name), fill: INK }),
      Plot.gridX({ stroke: FINE, strokeOpacity: 1, ticks: 4 }),
      Plot.axisX({ ticks: 4, tickSize: 0, fill: SOFT, tickFormat: (value: number) => compact(value, data.lang) }),
      Plot.ruleY(data.marks.filter((m) => m.low !== undefined), { x1: "low", x2: "high", y: (m: Mark) => String(m.x), stroke: colour, strokeWidth: 2.5, marker: "tick" as never }),
      Plot.dot(data.marks, { x: "y", y: (m: Mark) => String(m.x), r: 5, fill: colour, title: (m: Mark) => `${m.x}: ${said(m)}` }),
      Plot.text(data.marks, { x: Math.max(...bounds) as never, frameAnchor: "right", y: (m: Mark) => String(m.x), text: said, textAnchor: "start", dx: 8, fill: INK }),
    ],
  };
}

/** A matrix: the number stands in each cell, the tint only repeats it. */
function heat(data: Figure, width: number): Plot.PlotOptions {
  const across = [...new Set(data.marks.map((mark) => String(mark.x)))];
  const down = [...new Set(data.marks.map((mark) => mark.s))];
  const labels = wrapped(down, width * 0.3);
  const heads = wrapped(across, Math.max(60, (width - labels.width - 16) / across.length - 6), 3);
  const most = Math.max(...data.marks.map((m) => m.y));
  const tint = (m: Mark): string => (m.y > 0 && most > 0 ? `var(--forest-${Math.min(4, 1 + Math.floor(Math.sqrt(m.y / most) * 3.999))})` : "var(--paper)");
  return {
    height: down.length * 40 + 62,
    marginTop: 56,
    marginBottom: 6,
    marginLeft: labels.width + 12,
    marginRight: 4,
    x: { domain: across, label: null, padding: 0.03 },
    y: { domain: down, label: null, padding: 0.06 },
    marks: [
      Plot.axisY({ tickSize: 0, tickPadding: 10, tickFormat: (name: string) => labels.text(name), fill: INK }),
      Plot.axisX({ anchor: "top", tickSize: 0, tickPadding: 8, tickFormat: (name: string) => heads.text(name), fill: INK }),
      Plot.cell(data.marks, { x: (m: Mark) => String(m.x), y: "s", fill: tint, stroke: FINE, title: (m: Mark) => spoken(data, m) }),
      Plot.text(data.marks, { x: (m: Mark) => String(m.x), y: "s", text: (m: Mark) => amount(m.y, data.lang), fill: INK }),
    ],
  };
}

function span(data: Figure): number[] {
  const years = data.marks.map((mark) => Number(mark.x));
  const first = Math.min(...years);
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => first + index);
}

/** Whether lines can be named at their ends. */
function beside(data: Figure, width: number): boolean {
  const named = data.series.filter((entry): entry is Series => typeof entry !== "string");
  return width >= 560 && named.length > 1 && Math.max(...named.map((entry) => textWidth(entry.name))) < width * 0.3;
}

function grid(data: Figure, years: number[], step: number, most: number): Plot.Markish[] {
  const every = Math.max(1, Math.ceil(40 / step));
  const shown = years.filter((_, index) => index % every === 0);
  return [
    Plot.gridY({ stroke: FINE, strokeOpacity: 1, ticks: 4 }),
    Plot.axisY({ ticks: 4, tickSize: 0, tickPadding: 6, fill: SOFT, tickFormat: (value: number) => compact(value, data.lang, most) }),
    ...(data.years
      ? [
          Plot.axisX(shown.map((year) => year + 0.5), { tickSize: 0, tickPadding: 8, fill: SOFT, tickFormat: (value: number) => String(Math.floor(value)) }),
          Plot.ruleY([0], { stroke: SOFT }),
        ]
      : [Plot.axisX({ tickSize: 0, fill: SOFT })]),
  ];
}

function adoption(data: Figure, years: number[]): Plot.Markish[] {
  const adopted = data.adopted;
  const first = years[0];
  const last = years[years.length - 1];
  if (!adopted || first === undefined || last === undefined || adopted.at < first || adopted.at > last + 1) return [];
  const late = adopted.at > (first + last + 1) / 2;
  return [
    Plot.ruleX([adopted.at], { stroke: "var(--contour)", strokeDasharray: "5 3", strokeWidth: 1.4 }),
    Plot.text([adopted.label], { x: () => adopted.at, frameAnchor: "top", dy: -24, dx: late ? -6 : 6, textAnchor: late ? "end" : "start", fill: "var(--contour)" }),
  ];
}

/** Move values apart until each lies at least `gap` above the one below; the order is kept. */
function spread(values: number[], gap: number): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const placed = [...values];
  let floor = -Infinity;
  for (const { value, index } of order) {
    placed[index] = Math.max(value, floor + gap);
    floor = placed[index]!;
  }
  return placed;
}
