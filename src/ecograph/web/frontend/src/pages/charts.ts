// Draws the charts of a page from the rows that they carry as JSON, made of the page's own tables.
import { draw, legend, type Figure } from "../charts/draw";

/** Draw one figure to its width, again when the width or the fonts change. */
function show(figure: HTMLElement): void {
  const rows = figure.dataset["drawing"];
  const drawing = figure.querySelector<HTMLElement>(".drawing");
  if (!rows || !drawing) return;
  const data = JSON.parse(rows) as Figure;
  let width = 0;
  let key: HTMLElement | null = null;
  const redraw = (force: boolean): void => {
    const now = Math.floor(drawing.clientWidth);
    if (!now || (now === width && !force)) return;
    width = now;
    drawing.replaceChildren(draw(data, width));
    const next = legend(data, width);
    if (key) key.remove();
    if (next) drawing.before(next);
    key = next;
  };
  redraw(true);
  new ResizeObserver(() => redraw(false)).observe(drawing);
  document.fonts.ready.then(() => redraw(true)).catch(() => undefined);
}

document.querySelectorAll<HTMLElement>("figure.chart").forEach(show);
