// The canvas: draws the network, follows pointer and keyboard, and tells who is looked at.
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import { fetchNetwork, graphOf, type Network, type NetworkData } from "./data";
import { lookNow, ringName, stillness, writeName, type Look } from "./look";
import { ShapeProgram } from "./shape_program";
import { namedAtFirst } from "./names";
import { best, isWay, next } from "./walk";

const MANY_TIES = 20_000;
const [SMALLEST, LARGEST] = [2.2, 18];
const STEP = 1.5;

/** Nearer than this, every actor that is large enough is named; before, those that find room. */
const CLOSE = 0.65;

export class Canvas {
  readonly stage: HTMLElement;
  private sigma: Sigma | null = null;
  private graph: Network | null = null;
  private data: NetworkData | null = null;
  private look: Look = lookNow();
  private source = "";
  private hovered: string | null = null;
  private near = new Set<string>();
  private looked: string | null = null;
  private path: string[] = [];
  private steps = new Set<string>();
  private picked = new Set<string>();
  private named = new Set<string>();
  private close = false;
  /** The weight that nineteen ties of twenty do not exceed; the others are drawn firmer. */
  private usual = 1;
  private waiting: AbortController | null = null;

  /** `chosen` is told who has been chosen, or null when let go; `said` takes what is read aloud. */
  constructor(
    private readonly host: HTMLElement,
    private readonly said: HTMLElement,
    private readonly chosen: (id: string | null, label: string) => void,
  ) {
    this.stage = document.createElement("div");
    this.stage.className = "canvas-stage";
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.stage.setAttribute("aria-label", this.word("label"));
    this.stage.setAttribute("aria-describedby", "canvas-help");
    host.append(this.stage, this.tools());
    this.stage.addEventListener("keydown", (event) => this.key(event));
    for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
      window.matchMedia(query).addEventListener("change", () => this.restyle());
    }
  }

  /** The renderer, while there is something drawn. */
  get renderer(): Sigma | null {
    return this.sigma;
  }

  /** Draw what the host's data attributes ask for; fetch it when it is another part of the network. */
  async show(): Promise<void> {
    const source = this.host.dataset["source"] ?? "";
    if (source !== this.source) {
      this.waiting?.abort();
      this.waiting = new AbortController();
      this.host.setAttribute("aria-busy", "true");
      const begun = performance.now();
      try {
        this.data = await fetchNetwork(source, this.waiting.signal);
      } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") return;
        this.host.removeAttribute("aria-busy");
        throw error;
      }
      this.source = source;
      this.draw(graphOf(this.data));
      this.host.removeAttribute("aria-busy");
      this.host.dataset["took"] = String(Math.round(performance.now() - begun));
    }
    this.restyle();
  }

  /** Show who is looked at, which path is laid and who is picked; ids that are not drawn are passed over. */
  mark(looked: string | null, path: string[], picked: string[]): void {
    const graph = this.graph;
    const known = (id: string): boolean => graph?.hasNode(id) ?? false;
    this.path = path.filter(known);
    this.steps = new Set(this.path.slice(1).map((id, place) => graph?.edge(this.path[place] ?? "", id) ?? ""));
    this.picked = new Set(picked.filter(known));
    if (looked && known(looked)) this.lookAt(looked, false);
    else this.letGo();
  }

  private word(name: string): string {
    return this.host.dataset[name] ?? "";
  }

  private tools(): HTMLElement {
    const tools = document.createElement("div");
    tools.className = "canvas-tools";
    const acts: [string, string, () => void][] = [
      ["+", this.word("zoomIn"), () => this.zoom(1 / STEP)],
      ["−", this.word("zoomOut"), () => this.zoom(STEP)],
      ["⤢", this.word("whole"), () => this.whole()],
    ];
    for (const [sign, name, act] of acts) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.title = name;
      button.setAttribute("aria-label", name);
      button.addEventListener("click", act);
      tools.append(button);
    }
    return tools;
  }

  private draw(graph: Network): void {
    this.sigma?.kill();
    this.graph = graph;
    this.hovered = this.looked = null;
    this.near.clear();
    this.host.dataset["actors"] = String(graph.order);
    this.host.dataset["ties"] = String(graph.size);
    const many = graph.size > MANY_TIES;
    const weights = graph.mapEdges((_, tie) => tie.weight).sort((a, b) => a - b);
    this.usual = weights[Math.floor(0.95 * (weights.length - 1))] ?? 1;
    const sigma = new Sigma(graph, this.stage, {
      allowInvalidContainer: true,
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: ShapeProgram as never },
      nodeHoverProgramClasses: { shape: ShapeProgram as never },
      edgeProgramClasses: { line: many ? EdgeLineProgram : EdgeRectangleProgram },
      hideEdgesOnMove: many,
      itemSizesReference: "screen",
      zoomToSizeRatioFunction: (ratio) => ratio ** 0.75,
      minEdgeThickness: 0.5,
      labelFont: getComputedStyle(this.stage).fontFamily,
      labelSize: 13,
      labelDensity: 0.5,
      labelGridCellSize: 140,
      labelRenderedSizeThreshold: 7,
      stagePadding: 30,
      minCameraRatio: 0.02,
      maxCameraRatio: 2,
      zIndex: true,
      defaultDrawNodeLabel: writeName(() => this.look) as never,
      defaultDrawNodeHover: ringName(() => this.look) as never,
      nodeReducer: (node, data) => this.node(node, data as never) as never,
      edgeReducer: (edge, data) => this.edge(edge, data as never) as never,
    });
    sigma.on("enterNode", ({ node }) => this.hover(node));
    sigma.on("leaveNode", () => this.hover(null));
    sigma.on("clickNode", ({ node }) => this.choose(node));
    sigma.on("clickStage", () => this.choose(null));
    sigma.getCamera().on("updated", ({ ratio }) => {
      if (ratio < CLOSE === this.close) return;
      this.close = !this.close;
      sigma.refresh({ skipIndexation: true });
    });
    // A name drawn before its font has come would keep the wrong one.
    void document.fonts.ready.then(() => this.sigma === sigma && sigma.refresh({ skipIndexation: true }));
    this.sigma = sigma as unknown as Sigma;
    this.say(graph.order ? this.word("shown").replace("{actors}", String(graph.order)).replace("{ties}", String(graph.size)) : this.word("nothing"));
  }

  /** Give every actor its size and colour anew, from the data and the colours that hold now. */
  private restyle(): void {
    this.look = lookNow();
    const { data, graph, sigma } = this;
    if (!data || !graph || !sigma) return;
    const size = data.actors.radius[this.host.dataset["size"] ?? "degree"] ?? [];
    const attribute = this.host.dataset["colour"] ?? "area";
    const group = data.actors.group[attribute] ?? [];
    const groups = data.groups[attribute] ?? [];
    const unit = this.pixelsPerUnit();
    const factor = Math.min(1.8 * unit, LARGEST / 4);
    graph.updateEachNodeAttributes((_, attributes) => ({
      ...attributes,
      size: Math.max(SMALLEST, (size[attributes.place] ?? 1) * factor),
      color: this.look.groups[groups[group[attributes.place] ?? -1]?.colour ?? "area-none"] ?? this.look.soft,
    }));
    sigma.refresh();
    if (!this.close) this.named = namedAtFirst(sigma, graph, (place) => data.actors.local[place] ?? false);
    sigma.refresh();
  }

  /** How many pixels a unit of the layout is while the whole is in view; its balls touch there, not overlap. */
  private pixelsPerUnit(): number {
    const { sigma, graph } = this;
    if (!sigma || !graph?.order) return 1;
    const { x, y } = sigma.getBBox();
    const extent = Math.max(x[1] - x[0], y[1] - y[0], 1e-9);
    const { width, height } = sigma.getDimensions();
    return (Math.min(width, height) - 60) / extent;
  }

  private node(id: string, data: Record<string, unknown>): Record<string, unknown> {
    const active = this.hovered ?? this.looked;
    const mine = id === active;
    const marked = this.picked.has(id) || this.path.includes(id);
    if (active && !mine && !this.near.has(id) && !marked) {
      return { ...data, color: this.look.faint, label: null, zIndex: 0 };
    }
    const shown = mine || marked || (active === null ? this.named.has(id) : this.near.has(id) && this.near.size <= 25);
    const named = shown || this.close ? data["label"] : null;
    return { ...data, label: named, highlighted: mine || marked, forceLabel: shown, zIndex: mine ? 3 : marked ? 2 : 1 };
  }

  private edge(id: string, data: Record<string, unknown>): Record<string, unknown> {
    if (this.steps.has(id)) return { ...data, color: this.look.ink, size: 3, zIndex: 2 };
    const active = this.hovered ?? this.looked;
    const graph = this.graph;
    if (active && graph?.hasNode(active)) {
      if (!graph.hasExtremity(id, active)) return { ...data, hidden: true };
      return { ...data, color: this.look.soft, zIndex: 1 };
    }
    const plain = (graph?.size ?? 0) > MANY_TIES ? this.look.faint : this.look.line;
    return { ...data, color: (data["weight"] as number) > this.usual ? this.look.firm : plain, zIndex: 0 };
  }

  private hover(node: string | null): void {
    this.hovered = node;
    this.stage.classList.toggle("over", node !== null);
    this.gather();
  }

  private gather(): void {
    const active = this.hovered ?? this.looked;
    this.near = new Set(active && this.graph?.hasNode(active) ? this.graph.neighbors(active) : []);
    this.sigma?.refresh({ skipIndexation: true });
  }

  private choose(node: string | null): void {
    if (node === null) {
      if (this.looked === null) return;
      this.letGo();
      this.say(this.word("cleared"));
      this.chosen(null, "");
      return;
    }
    this.lookAt(node, true);
    this.chosen(node, this.graph?.getNodeAttribute(node, "label") ?? node);
  }

  private lookAt(node: string, aloud: boolean): void {
    this.looked = node;
    this.host.dataset["looked"] = node;
    this.gather();
    this.bringIntoView(node);
    if (!aloud || !this.graph) return;
    const partners = this.graph.degree(node);
    const text = partners === 1 ? this.word("one") : this.word("many");
    this.say(text.replace("{actor}", this.graph.getNodeAttribute(node, "label")).replace("{partners}", String(partners)));
  }

  private letGo(): void {
    this.looked = null;
    delete this.host.dataset["looked"];
    this.gather();
  }

  private bringIntoView(node: string): void {
    const sigma = this.sigma;
    const place = sigma?.getNodeDisplayData(node);
    if (!sigma || !place) return;
    const { width, height } = sigma.getDimensions();
    const at = sigma.framedGraphToViewport(place);
    const inside = at.x > 60 && at.y > 60 && at.x < width - 160 && at.y < height - 60;
    if (!inside) void sigma.getCamera().animate({ x: place.x, y: place.y }, { duration: stillness() ? 0 : 250 });
  }

  private zoom(factor: number): void {
    const camera = this.sigma?.getCamera();
    if (camera) void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio * factor) }, { duration: stillness() ? 0 : 200 });
  }

  private whole(): void {
    void this.sigma?.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: stillness() ? 0 : 300 });
  }

  private key(event: KeyboardEvent): void {
    const graph = this.graph;
    if (!graph || event.altKey || event.ctrlKey || event.metaKey) return;
    if (isWay(event.key)) {
      const there = this.looked === null ? best(graph) : next(graph, this.looked, event.key);
      if (there !== null) this.lookAt(there, true);
    } else if (event.key === "Home") {
      const there = best(graph);
      if (there !== null) this.lookAt(there, true);
    } else if (event.key === "Enter" && this.looked !== null) this.choose(this.looked);
    else if (event.key === "+" || event.key === "=") this.zoom(1 / STEP);
    else if (event.key === "-") this.zoom(STEP);
    else if (event.key === "0") this.whole();
    else if (event.key === "Escape") this.choose(null);
    else return;
    event.preventDefault();
  }

  private say(text: string): void {
    this.said.textContent = text;
  }
}
