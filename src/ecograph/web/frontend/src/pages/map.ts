// Ties the map to its table: the place pointed at or focused is marked in both, and named under the map.

const places = new Map([...document.querySelectorAll<SVGAElement>(".terrain .place")].map((place) => [place.dataset["row"] ?? "", place]));
const rows = new Map([...document.querySelectorAll<HTMLTableRowElement>(".twin tr[data-row]")].map((row) => [row.dataset["row"] ?? "", row]));
const said = document.querySelector<HTMLOutputElement>(".terrain output");

function point(key: string, on: boolean): void {
  const place = places.get(key);
  place?.classList.toggle("pointed", on);
  rows.get(key)?.classList.toggle("pointed", on);
  if (!said) return;
  said.hidden = false;
  said.textContent = on ? (place?.getAttribute("aria-label") ?? "") : "\u00a0";
}

for (const [key, element] of [...places, ...rows]) {
  element.addEventListener("pointerenter", () => point(key, true));
  element.addEventListener("pointerleave", () => point(key, false));
  element.addEventListener("focusin", () => point(key, true));
  element.addEventListener("focusout", () => point(key, false));
}
if (said) {
  // The place is kept free, so that nothing moves when a name comes.
  said.hidden = false;
  said.textContent = "\u00a0";
}
