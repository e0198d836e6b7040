// Colours of the page's own tokens, and how names are written on the canvas.
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import type { Settings } from "sigma/settings";

export interface Look {
  paper: string;
  ink: string;
  soft: string;
  line: string;
  faint: string;
  firm: string;
  groups: Record<string, string>;
}

/** Read the colours that hold now: light or dark, with more contrast or without. */
export function lookNow(): Look {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const groups: Record<string, string> = {};
  for (const name of ["forest", "digital", "mobility", "energy", "manufacturing"]) groups[name] = token(`--area-${name}`);
  for (const name of ["area-6", "area-7", "area-none"]) groups[name] = token(`--${name}`);
  return { paper: token("--paper"), ink: token("--ink"), soft: token("--ink-soft"), line: token("--line"), faint: token("--line-soft"), firm: token("--control"), groups };
}

type Named = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

/** Write a name beside its actor, with a rim of paper so that it reads on any ground. */
export function writeName(look: () => Look) {
  return (context: CanvasRenderingContext2D, data: Named, settings: Settings): void => {
    if (!data.label) return;
    const { paper, ink } = look();
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = paper;
    context.fillStyle = ink;
    const x = data.x + data.size + 4;
    const y = data.y + settings.labelSize / 3;
    context.strokeText(data.label, x, y);
    context.fillText(data.label, x, y);
  };
}

/** Ring the actor that is looked at and write its name. */
export function ringName(look: () => Look) {
  const write = writeName(look);
  return (context: CanvasRenderingContext2D, data: Named, settings: Settings): void => {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 4, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = look().ink;
    context.stroke();
    write(context, data, { ...settings, labelWeight: "650" });
  };
}

export const stillness = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
