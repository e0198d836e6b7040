// What is on the screen as a file.
import { downloadAsPNG } from "@sigma/export-image";
import type Sigma from "sigma";
import { lookNow } from "./look";

/** Save the canvas as it stands, on the colour of the page; as PNG at twice the size of the screen's. */
export async function savePicture(sigma: Sigma, kind: "png" | "svg"): Promise<void> {
  const { width, height } = sigma.getDimensions();
  if (kind === "png") {
    await downloadAsPNG(sigma, { fileName: "network", width: width * 2, height: height * 2, backgroundColor: lookNow().paper });
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([drawing(sigma)], { type: "image/svg+xml" }));
  link.download = "network.svg";
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Return what is on the screen as an SVG document: ties, shapes and the names that are shown. */
export function drawing(sigma: Sigma): string {
  const { width, height } = sigma.getDimensions();
  const look = lookNow();
  const graph = sigma.getGraph();
  const at = (node: string): { x: number; y: number } => sigma.framedGraphToViewport(sigma.getNodeDisplayData(node) ?? { x: 0, y: 0 });
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${look.paper}"/>`,
  ];
  graph.forEachEdge((edge, _, source, target) => {
    const shown = sigma.getEdgeDisplayData(edge);
    if (!shown || shown.hidden) return;
    const [a, b] = [at(source), at(target)];
    const wide = Math.max(0.4, sigma.scaleSize(shown.size) / 2).toFixed(1);
    parts.push(`<path d="M${a.x.toFixed(1)} ${a.y.toFixed(1)}L${b.x.toFixed(1)} ${b.y.toFixed(1)}" stroke="${shown.color}" stroke-width="${wide}"/>`);
  });
  const named = sigma.getNodeDisplayedLabels();
  const names: string[] = [];
  graph.forEachNode((node, attributes) => {
    const shown = sigma.getNodeDisplayData(node);
    if (!shown) return;
    const { x, y } = at(node);
    const radius = sigma.scaleSize(shown.size);
    parts.push(`<path d="${outline(Number(attributes["shape"] ?? 0), x, y, radius)}" fill="${shown.color}" fill-rule="evenodd"/>`);
    if (shown.label && (named.has(node) || shown.forceLabel)) {
      names.push(`<text x="${(x + radius + 4).toFixed(1)}" y="${(y + 4).toFixed(1)}">${escaped(shown.label)}</text>`);
    }
  });
  const rim = `stroke="${look.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`;
  parts.push(`<g font-family="Source Sans 3, sans-serif" font-size="13" fill="${look.ink}" ${rim}>${names.join("")}</g></svg>`);
  return parts.join("");
}

function outline(shape: number, x: number, y: number, radius: number): string {
  if (shape === 0 || shape === 4) return circle(x, y, radius) + (shape === 4 ? circle(x, y, radius * 0.55) : "");
  const corners = shape === 3 ? 3 : 4;
  const reach = radius * (shape === 1 ? 1.22 : shape === 2 ? 1.3 : 1.35);
  const points = Array.from({ length: corners }, (_, number) => {
    const angle = (shape === 1 ? Math.PI / 4 : 0) + (2 * Math.PI * number) / corners;
    return `${(x + reach * Math.sin(angle)).toFixed(1)} ${(y - reach * Math.cos(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}

function circle(x: number, y: number, radius: number): string {
  const r = radius.toFixed(1);
  return `M${(x - radius).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${(2 * radius).toFixed(1)} 0a${r} ${r} 0 1 0 ${(-2 * radius).toFixed(1)} 0Z`;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
