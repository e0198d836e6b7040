// Where the arrow keys lead from an actor: along its ties first, in the direction of the key.
import type { Network } from "./data";

const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export const isWay = (key: string): boolean => key in WAYS;

/** Return the actor with most ties; null in an empty network. */
export function best(graph: Network): string | null {
  let found: string | null = null;
  graph.forEachNode((node) => {
    if (found === null || graph.degree(node) > graph.degree(found)) found = node;
  });
  return found;
}

/** Return the partner that lies most in the direction of the key; without one there, any actor that does. */
export function next(graph: Network, from: string, key: string): string | null {
  const way = WAYS[key];
  if (!way) return null;
  return nearest(graph, from, way, graph.neighbors(from)) ?? nearest(graph, from, way, graph.nodes());
}

function nearest(graph: Network, from: string, [right, up]: [number, number], among: string[]): string | null {
  const here = graph.getNodeAttributes(from);
  let found: string | null = null;
  let least = Infinity;
  for (const node of among) {
    if (node === from) continue;
    const there = graph.getNodeAttributes(node);
    const x = there.x - here.x;
    const y = there.y - here.y;
    const along = x * right + y * up;
    const beside = Math.abs(x * up) + Math.abs(y * right);
    // What lies more beside than ahead is in another direction.
    if (along <= 0 || beside > along * 1.2) continue;
    const cost = along + 2 * beside;
    if (cost < least) [least, found] = [cost, node];
  }
  return found;
}
