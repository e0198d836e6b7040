// Patterns, dashes and symbols: what tells series apart in grey print and for those who do not see the colours.
import type { Series } from "./draw";

const SVG = "http://www.w3.org/2000/svg";

export const DASHES = ["none", "7 3", "2 3", "9 3 2 3", "4 4", "12 4", "1 4", "6 2 1 2 1 2"];
export const SYMBOLS = ["circle", "square", "triangle", "diamond", "star", "cross", "wye", "hexagon"] as const;

/** Lines drawn in paper colour over the fill of a tile of 8 by 8; the first series is plain. */
const OVER = ["", "M-2 2L2 -2M0 8L8 0M6 10L10 6", "M2 2h1.6v1.6h-1.6zM6 6h1.6v1.6h-1.6z", "M0 4H8", "M-2 6L2 10M0 0L8 8M6 -2L10 2", "M4 0V8", "M0 4H8M4 0V8", "M0 8L8 0M0 0L8 8"];

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function tile(id: string, fill: string, over: string, stroke: string): SVGElement {
  const made = element("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" });
  made.append(element("path", { d: "M0 0H8V8H0Z", fill }));
  if (over) made.append(element("path", { d: over, stroke, "stroke-width": 1.3, fill: "none" }));
  return made;
}

/** Return the patterns of a chart's series, and of what began before the strategy. */
export function patterns(prefix: string, series: Series[], before: boolean): SVGElement {
  const defs = element("defs", {});
  series.forEach((entry, index) => {
    defs.append(tile(`${prefix}-${index}`, `var(${entry.colour})`, OVER[entry.pattern % OVER.length]!, "var(--paper)"));
  });
  if (before) defs.append(tile(`${prefix}-before`, "var(--forest-2)", OVER[1]!, "var(--spruce)"));
  return defs;
}

/** Return the sign of a series for the legend: a piece of its fill, or of its line. */
export function swatch(prefix: string, series: Series, line: boolean, before: boolean): SVGElement {
  const svg = element("svg", { viewBox: "0 0 24 16", "aria-hidden": "true" });
  if (line) {
    const dash = DASHES[series.pattern % DASHES.length]!;
    svg.append(element("path", { d: "M0 8H24", stroke: `var(${series.colour})`, "stroke-width": 2.4, "stroke-dasharray": dash }));
  } else {
    svg.append(patterns(prefix, [series], before), element("path", { d: "M0 0H24V16H0Z", fill: `url(#${prefix}-${before ? "before" : 0})` }));
  }
  return svg;
}
