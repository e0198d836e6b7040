// An answer as a network: two columns of things, or the statements of CONSTRUCT between things.
// Laid out by Fruchterman and Reingold (1991), from a circle, so that the same answer gives the same picture.
import { filled, labelColumn, textOf, type Context, type Result } from "../sparql/result";

const TIES = 600;
const STEPS = 220;
/** How strongly what is not tied together is drawn to the middle. */
const PULL = 0.35;
const WIDTH = 800;
const HEIGHT = 560;
const SVG = "http://www.w3.org/2000/svg";

interface Node {
  iri: string;
  label: string;
  x: number;
  y: number;
  ties: number;
}

function network(host: HTMLElement, result: Result, context: Context): boolean {
  const [from, to] = ends(result);
  if (from < 0 || to < 0) return false;
  const nodes = new Map<string, Node>();
  const ties: [Node, Node][] = [];
  const node = (row: Result["rows"][number], column: number): Node | null => {
    const term = row[column];
    if (term?.type !== "uri" && term?.type !== "bnode") return null;
    const known = nodes.get(term.value);
    if (known) return known;
    const made = { iri: term.value, label: textOf(row[result.graph ? column : labelColumn(result, column)]), x: 0, y: 0, ties: 0 };
    nodes.set(term.value, made);
    return made;
  };
  const usable = result.rows.filter((row) => [from, to].every((column) => row[column]?.type === "uri" || row[column]?.type === "bnode"));
  if (!usable.length) return false;
  for (const row of usable.slice(0, TIES)) {
    const [one, other] = [node(row, from), node(row, to)];
    if (!one || !other || one === other) continue;
    one.ties += 1;
    other.ties += 1;
    ties.push([one, other]);
  }
  for (const row of result.graph ? result.rows : [])
    if (row[1]?.value.match(/#(prefLabel|label)$/) && row[0] && nodes.has(row[0].value) && (!row[2]?.lang || row[2].lang === context.lang))
      nodes.get(row[0].value)!.label = row[2]?.value ?? "";
  const all = [...nodes.values()];
  settle(all, ties);
  host.append(picture(all, ties, context));
  if (usable.length > TIES) {
    const note = document.createElement("p");
    note.className = "small quiet";
    note.textContent = filled(context.words["network-cut"], TIES);
    host.append(note);
  }
  return true;
}

/** Return the two columns that a tie joins: ?source and ?target, else the first two with things in them. */
function ends(result: Result): [number, number] {
  if (result.graph) return [0, 2];
  const named = [result.columns.indexOf("source"), result.columns.indexOf("target")] as [number, number];
  if (named.every((column) => column >= 0)) return named;
  const things = result.columns.map((_, column) => column).filter((column) => result.rows.some((row) => row[column]?.type === "uri"));
  return [things[0] ?? -1, things[1] ?? -1];
}

function settle(nodes: Node[], ties: [Node, Node][]): void {
  const ideal = 0.9 * Math.sqrt((WIDTH * HEIGHT) / Math.max(nodes.length, 1));
  nodes.forEach((node, number) => {
    const turn = (2 * Math.PI * number) / nodes.length;
    node.x = WIDTH / 2 + 0.4 * WIDTH * Math.cos(turn);
    node.y = HEIGHT / 2 + 0.4 * HEIGHT * Math.sin(turn);
  });
  for (let step = 0; step < STEPS; step += 1) {
    const move = new Map(nodes.map((node) => [node, { x: (WIDTH / 2 - node.x) * PULL, y: (HEIGHT / 2 - node.y) * PULL }]));
    const push = (one: Node, other: Node, force: (distance: number) => number): void => {
      const [dx, dy] = [one.x - other.x, one.y - other.y];
      const distance = Math.max(Math.hypot(dx, dy), 0.5);
      const amount = force(distance) / distance;
      move.get(one)!.x += dx * amount;
      move.get(one)!.y += dy * amount;
      move.get(other)!.x -= dx * amount;
      move.get(other)!.y -= dy * amount;
    };
    for (let i = 0; i < nodes.length; i += 1) for (let j = i + 1; j < nodes.length; j += 1) push(nodes[i]!, nodes[j]!, (d) => (ideal * ideal) / d);
    for (const [one, other] of ties) push(one, other, (d) => -(d * d) / ideal);
    const heat = (WIDTH / 10) * (1 - step / STEPS);
    for (const [node, by] of move) {
      const length = Math.max(Math.hypot(by.x, by.y), 1e-6);
      node.x += (by.x / length) * Math.min(length, heat);
      node.y += (by.y / length) * Math.min(length, heat);
    }
  }
  fitted(nodes, "x", 24, WIDTH - 24);
  fitted(nodes, "y", 16, HEIGHT - 16);
}

/** Stretch the picture to its frame. */
function fitted(nodes: Node[], axis: "x" | "y", low: number, high: number): void {
  const values = nodes.map((node) => node[axis]);
  const least = Math.min(...values);
  const span = Math.max(Math.max(...values) - least, 1e-6);
  for (const node of nodes) node[axis] = nodes.length > 1 ? low + ((node[axis] - least) / span) * (high - low) : (low + high) / 2;
}

function picture(nodes: Node[], ties: [Node, Node][], context: Context): SVGElement {
  const make = (name: string, values: Record<string, string | number>): SVGElement => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(values)) element.setAttribute(key, String(value));
    return element;
  };
  const svg = make("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "ties", role: "img", "aria-label": filled(context.words["network"], nodes.length, ties.length) });
  for (const [one, other] of ties) svg.append(make("line", { x1: one.x.toFixed(1), y1: one.y.toFixed(1), x2: other.x.toFixed(1), y2: other.y.toFixed(1) }));
  const named = [...nodes].sort((a, b) => b.ties - a.ties);
  const taken: [number, number, number][] = [];
  for (const node of nodes) {
    const dot = make("circle", { cx: node.x.toFixed(1), cy: node.y.toFixed(1), r: (3.5 + 1.6 * Math.sqrt(node.ties)).toFixed(1) });
    const title = make("title", {});
    title.textContent = node.label;
    dot.append(title);
    svg.append(dot);
  }
  for (const node of named) {
    const right = node.x > WIDTH * 0.7;
    const label = node.label.length > 32 ? `${node.label.slice(0, 31)}…` : node.label;
    // The best tied are named first; a name that would cover another is left out, the table has it.
    const width = 6.6 * label.length + 12;
    const [low, high] = right ? [node.x - width, node.x] : [node.x, node.x + width];
    if (taken.some(([from, to, y]) => low < to && high > from && Math.abs(y - node.y) < 14)) continue;
    taken.push([low, high, node.y]);
    const text = make("text", { x: (node.x + (right ? -9 : 9)).toFixed(1), y: (node.y + 4).toFixed(1), "text-anchor": right ? "end" : "start" });
    text.textContent = label;
    svg.append(text);
  }
  return svg;
}

(window.ecographViews ??= {})["network"] = network;
