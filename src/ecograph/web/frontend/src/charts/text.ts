// Numbers as each language writes them, and text that fits.

const THIN = "\u202f";
const FONT = '13px "Source Sans 3 Variable", "Source Sans 3", system-ui, sans-serif';
let context: CanvasRenderingContext2D | null = null;

/** Return a number with thin spaces between thousands and the language's decimal mark, like the tables. */
export function amount(value: number, lang: string, unit = ""): string {
  const size = Math.abs(value);
  const places = Number.isInteger(value) ? 0 : size < 0.1 ? 3 : size < 10 ? 2 : 1;
  return number(value, places, lang) + (unit ? `\u00a0${unit}` : "");
}

/** Return a number short enough for an axis whose greatest is `most`: millions and thousand millions by their sign. */
export function compact(value: number, lang: string, most = value): string {
  if (!value) return "0";
  const size = Math.abs(most);
  const steps: [number, string, string][] = [[1e9, "md", "bn"], [1e6, "mn", "m"]];
  for (const [from, swedish, english] of steps) {
    if (size < from) continue;
    const scaled = value / from;
    const places = Math.abs(scaled) >= 100 || Number.isInteger(scaled) ? 0 : 1;
    return `${number(scaled, places, lang)}\u00a0${lang === "sv" ? swedish : english}`;
  }
  return amount(value, lang);
}

function number(value: number, places: number, lang: string): string {
  const plain = new Intl.NumberFormat("en", { minimumFractionDigits: places, maximumFractionDigits: places }).format(Math.abs(value));
  const grouped = plain.replaceAll(",", THIN);
  return (value < 0 ? "\u2212" : "") + (lang === "sv" ? grouped.replace(".", ",") : grouped);
}

/** Return the width of a text in a chart, in pixels. */
export function textWidth(text: string): number {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return text.length * 7;
  context.font = FONT;
  return context.measureText(text).width;
}

/** Break names into at most so many lines of that width; what does not fit ends with an ellipsis. */
export function wrapped(names: string[], width: number, lines = 2): { width: number; text: (name: string) => string } {
  const made = new Map(names.map((name) => [name, wrap(name, width, lines)]));
  const widest = Math.max(0, ...[...made.values()].flat().map(textWidth));
  return { width: widest, text: (name) => (made.get(name) ?? [name]).join("\n") };
}

function wrap(name: string, width: number, lines: number): string[] {
  const found: string[] = [];
  let line = "";
  for (const word of name.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer) > width) {
      found.push(line);
      line = word;
    } else line = longer;
  }
  found.push(line);
  const kept = found.slice(0, lines);
  if (found.length > lines) kept[lines - 1] = `${kept[lines - 1]} ${found[lines]}`;
  return kept.map((text) => shorten(text, width));
}

function shorten(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let end = text.length;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`) > width) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
