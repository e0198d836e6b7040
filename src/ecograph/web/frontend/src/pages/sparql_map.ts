// An answer on a map: geometries in it (WKT), or places of the data with their borders from the build.
import { choices } from "../sparql/choices";
import { filled, labelColumn, numberOf, numericColumns, textOf, type Context, type Result, type Row } from "../sparql/result";

type Point = [number, number];
interface Shape {
  parts: Point[][];
  kind: "POINT" | "LINE" | "AREA";
  label: string;
  row: Row | null;
}
const WKT = /#wktLiteral$/;
const WIDTH = 800;
const SVG = "http://www.w3.org/2000/svg";

/** Read the rings, lines or points of a WKT text (OGC 06-103r4); null for what is none. */
export function wkt(text: string): Pick<Shape, "parts" | "kind"> | null {
  const found = /^\s*(?:<[^>]*>\s*)?(?:SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*Z?\s*\((.*)\)\s*$/is.exec(text);
  if (!found) return null;
  const kind = found[2]!.toUpperCase() === "POINT" ? "POINT" : found[2]!.toUpperCase() === "POLYGON" ? "AREA" : "LINE";
  const parts = [...found[3]!.matchAll(/[^()]+/g)]
    .map(([run]) =>
      run
        .split(",")
        .map((pair) => pair.trim().split(/\s+/).map(Number))
        .filter((pair): pair is Point => pair.length >= 2 && pair.every(Number.isFinite)),
    )
    .filter((part) => part.length > 0);
  return parts.length ? { parts, kind } : null;
}

async function map(host: HTMLElement, result: Result, context: Context): Promise<boolean> {
  const known = new Map((await context.places()).map((place) => [place.iri, place]));
  const shapes: Shape[] = [];
  for (const row of result.rows.slice(0, 5000)) {
    const own = row.find((term) => term?.type === "literal" && term.datatype && WKT.test(term.datatype));
    const place = row.map((term) => (term?.type === "uri" ? known.get(term.value) : undefined)).find(Boolean);
    const shape = wkt(own?.value ?? place?.wkt ?? "");
    const named = row.findIndex((term) => term?.type === "uri");
    const label = place?.label ?? textOf(named >= 0 ? row[labelColumn(result, named)] : row.find((term) => term && term !== own));
    if (shape) shapes.push({ ...shape, label, row });
  }
  if (!shapes.length) return false;
  const numeric = numericColumns(result);
  const figure = document.createElement("figure");
  const drawn = (column: number): void => {
    figure.replaceChildren(picture(shapes, column, context));
    if (!figure.isConnected) host.append(figure);
  };
  if (!numeric.length) drawn(-1);
  else
    choices(host, [{ label: context.words["value"] ?? "", options: numeric.map((c) => [c, result.columns[c] ?? ""]), value: numeric[0]! }], ([c = -1]) => drawn(c));
  return true;
}

function picture(shapes: Shape[], column: number, context: Context): SVGElement {
  const all = shapes.flatMap((shape) => shape.parts.flat());
  // Equirectangular about the middle latitude: true enough for a region, and needs no library.
  const lats = all.map(([, lat]) => lat);
  const squeeze = Math.cos((((Math.min(...lats) + Math.max(...lats)) / 2) * Math.PI) / 180);
  const xs = all.map(([lon]) => lon * squeeze);
  const [west, north] = [Math.min(...xs), Math.max(...lats)];
  const span = Math.max(Math.max(...xs) - west, (north - Math.min(...lats)) / 1.2, 1e-6);
  const scale = WIDTH / span;
  const height = Math.max((north - Math.min(...lats)) * scale, 40);
  const at = ([lon, lat]: Point): string => `${((lon * squeeze - west) * scale).toFixed(1)},${((north - lat) * scale).toFixed(1)}`;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `-12 -12 ${WIDTH + 24} ${(height + 24).toFixed(0)}`);
  svg.setAttribute("class", "map");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", filled(context.words["map"], shapes.length));
  const numbers = new Intl.NumberFormat(context.lang, { maximumFractionDigits: 2 });
  const value = (shape: Shape): number | null => (column >= 0 ? numberOf(shape.row?.[column]) : null);
  const most = Math.max(1e-9, ...shapes.map((shape) => Math.abs(value(shape) ?? 0)));
  for (const shape of [...shapes].sort((a, b) => Number(a.kind === "POINT") - Number(b.kind === "POINT"))) {
    const share = Math.sqrt(Math.abs(value(shape) ?? 0) / most);
    const title = document.createElementNS(SVG, "title");
    const shown = value(shape);
    title.textContent = shown === null ? shape.label : `${shape.label}: ${numbers.format(shown)}`;
    for (const part of shape.kind === "AREA" ? [shape.parts] : shape.parts.map((one) => [one])) {
      const element = document.createElementNS(SVG, shape.kind === "POINT" ? "circle" : "path");
      if (shape.kind === "POINT") {
        const [x, y] = at(part[0]![0]!).split(",");
        element.setAttribute("cx", x!);
        element.setAttribute("cy", y!);
        element.setAttribute("r", (5 + 12 * share).toFixed(1));
      } else {
        element.setAttribute("d", part.map((ring) => `M${ring.map(at).join("L")}${shape.kind === "AREA" ? "Z" : ""}`).join(""));
        element.setAttribute("class", shape.kind === "LINE" ? "line" : `t${shown ? Math.min(4, 1 + Math.floor(share * 3.999)) : shown === null ? 2 : 0}`);
      }
      element.append(title.cloneNode(true));
      svg.append(element);
    }
  }
  for (const shape of shapes.length <= 40 ? shapes : []) {
    const ring = [...shape.parts].sort((a, b) => b.length - a.length)[0]!;
    const text = document.createElementNS(SVG, "text");
    const middle = ring.reduce<Point>(([x, y], [lon, lat]) => [x + lon / ring.length, y + lat / ring.length], [0, 0]);
    const [x, y] = at(middle).split(",");
    text.setAttribute("x", x!);
    text.setAttribute("y", y!);
    const shown = value(shape);
    text.textContent = shown === null ? shape.label : `${shape.label} ${numbers.format(shown)}`;
    svg.append(text);
  }
  return svg;
}

(window.ecographViews ??= {})["map"] = map;
