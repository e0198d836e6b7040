// The network page: the canvas takes the place of the picture, and the form is followed as it changes.
import { Canvas } from "../network/canvas";
import { savePicture } from "../network/image";
import { addressOf, follow } from "../network/live";
import { addSliders } from "../network/slider";

const host = document.querySelector<HTMLElement>("#canvas");
const form = document.querySelector<HTMLFormElement>("#network-form");
const said = document.querySelector<HTMLElement>("#canvas-said");

/** Say whether this browser draws with WebGL; without it the picture of the server stays. */
function draws(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null || document.createElement("canvas").getContext("webgl") !== null;
  } catch {
    return false;
  }
}

function field(name: string): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`#${name}`);
}

function start(form: HTMLFormElement, host: HTMLElement, said: HTMLElement): void {
  let waiting: AbortController | null = null;
  const canvas = draws()
    ? new Canvas(host, said, (_, label) => {
        const box = field("actor");
        if (box) box.value = label;
        void refresh();
      })
    : null;

  async function redraw(): Promise<void> {
    if (!canvas) return;
    await canvas.show();
    const part = (name: string, key: string): string => document.querySelector<HTMLElement>(`[data-live="${name}"]`)?.dataset[key] ?? "";
    const words = (text: string): string[] => text.split(" ").filter(Boolean);
    canvas.mark(part("actor", "actor") || null, words(part("path", "path")), words(part("picked", "picked")));
  }

  async function refresh(): Promise<void> {
    waiting?.abort();
    waiting = new AbortController();
    const address = addressOf(form);
    try {
      const page = await follow(address, waiting.signal);
      const fresh = page.querySelector<HTMLElement>("#canvas")?.dataset ?? {};
      for (const name of ["source", "size", "colour"]) host.dataset[name] = fresh[name] ?? host.dataset[name];
      history.replaceState(null, "", address);
      const pick = field("pick");
      if (pick) pick.value = "";
      offer();
      await redraw();
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      said.textContent = host.dataset["failed"] ?? "";
    }
  }

  function offer(): void {
    for (const image of document.querySelectorAll<HTMLButtonElement>("[data-image]")) image.hidden = canvas === null;
    // The picture is hidden behind the canvas, but paper shows it.
    const picture = document.querySelector<HTMLImageElement>(".still img");
    if (picture) picture.loading = "eager";
    const print = document.querySelector<HTMLButtonElement>("[data-live='files'] [data-print]");
    if (print) print.hidden = false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void refresh();
  });
  // Fields outside the form in the document, but of it, are heard here too.
  document.addEventListener("change", (event) => {
    const field = event.target;
    if ((field instanceof HTMLInputElement || field instanceof HTMLSelectElement) && field.form === form && field.name) void refresh();
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const image = target?.closest<HTMLElement>("[data-image]")?.dataset["image"];
    if (image && canvas?.renderer) void savePicture(canvas.renderer, image === "svg" ? "svg" : "png");
    else if (target?.closest("[data-live='files'] [data-print]")) window.print();
  });
  const years = document.querySelector<HTMLElement>(".slider");
  const [first, last] = [field("year-first"), field("year-last")];
  if (years && first && last) addSliders(years, first, last);
  if (!canvas) return;
  host.hidden = false;
  for (const part of document.querySelectorAll<HTMLElement>("[data-canvas-only]")) part.hidden = false;
  document.documentElement.classList.add("with-canvas");
  said.textContent = host.dataset["loading"] ?? "";
  offer();
  redraw().catch(() => {
    // The picture of the server takes the place again.
    host.hidden = true;
    document.documentElement.classList.remove("with-canvas");
    said.textContent = host.dataset["failed"] ?? "";
  });
}

if (host && form && said) start(form, host, said);
