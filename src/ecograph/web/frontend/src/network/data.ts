// What the server sends of a part of the network, and the graph that the canvas draws of it.
import { UndirectedGraph } from "graphology";

export interface Group {
  label: string;
  colour: string;
}

export interface NetworkData {
  actors: {
    id: string[];
    label: string[];
    x: number[];
    y: number[];
    helix: (string | null)[];
    local: boolean[];
    radius: Record<string, number[]>;
    group: Record<string, number[]>;
  };
  ties: { source: number[]; target: number[]; weight: number[] };
  groups: Record<string, Group[]>;
}

export interface NodeLook {
  label: string;
  x: number;
  y: number;
  size: number;
  color: string;
  type: string;
  shape: number;
  place: number;
}

export interface TieLook {
  size: number;
  color: string;
  weight: number;
}

export type Network = UndirectedGraph<NodeLook, TieLook>;

/** The numbers of the shapes, as the shader knows them; a helix that is not known is a ring. */
const SHAPES: Record<string, number> = { academia: 0, industry: 1, "public-sector": 2, "civil-society": 3 };
export const RING = 4;

/** Fetch a part of the network; an error for any answer but 200. */
export async function fetchNetwork(address: string, signal: AbortSignal): Promise<NetworkData> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return (await answer.json()) as NetworkData;
}

/** Return the graph of fetched data, with places and shapes; sizes and colours come with `restyle`. */
export function graphOf(data: NetworkData): Network {
  const graph: Network = new UndirectedGraph();
  data.actors.id.forEach((id, place) => {
    graph.addNode(id, {
      label: data.actors.label[place] ?? id,
      x: data.actors.x[place] ?? 0,
      y: data.actors.y[place] ?? 0,
      size: 1,
      color: "#888888",
      type: "shape",
      shape: SHAPES[data.actors.helix[place] ?? ""] ?? RING,
      place,
    });
  });
  data.ties.source.forEach((source, number) => {
    const first = data.actors.id[source];
    const second = data.actors.id[data.ties.target[number] ?? -1];
    const weight = data.ties.weight[number] ?? 1;
    if (first !== undefined && second !== undefined) {
      graph.addUndirectedEdge(first, second, { size: Math.sqrt(weight), color: "#cccccc", weight });
    }
  });
  return graph;
}
