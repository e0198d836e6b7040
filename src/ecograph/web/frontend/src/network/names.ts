// Which actors are named while the whole network is in view: as many as do not cover each other.
import type Sigma from "sigma";
import type { Network } from "./data";

const MOST = 28;
const LARGEST = 6;
const LETTER = 6.6;

/** Return the largest few and then the region's own, by size, whose names find room; others after them. */
export function namedAtFirst(sigma: Sigma, graph: Network, local: (place: number) => boolean): Set<string> {
  const order = graph.nodes().sort((a, b) => graph.getNodeAttribute(b, "size") - graph.getNodeAttribute(a, "size"));
  const own = order.filter((node) => local(graph.getNodeAttribute(node, "place")));
  const { width, height } = sigma.getDimensions();
  const taken: [number, number, number, number][] = [];
  const found = new Set<string>();
  for (const node of new Set([...order.slice(0, LARGEST), ...own, ...order.slice(0, MOST)])) {
    if (found.size >= MOST) break;
    const place = sigma.graphToViewport(graph.getNodeAttributes(node));
    const left = place.x + sigma.scaleSize(graph.getNodeAttribute(node, "size")) + 2;
    const right = left + LETTER * graph.getNodeAttribute(node, "label").length + 4;
    if (right > width || place.y < 10 || place.y > height - 10) continue;
    const box: [number, number, number, number] = [left, place.y - 9, right, place.y + 9];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    taken.push(box);
    found.add(node);
  }
  return found;
}
