// Two sliders for the years beside the two number fields, which stay the ones that are sent.

/** Make the sliders; a year that stands at its end is no condition and leaves its field empty. */
export function addSliders(place: HTMLElement, first: HTMLInputElement, last: HTMLInputElement): void {
  const low = place.dataset["first"] ?? "";
  const high = place.dataset["last"] ?? "";
  if (!low || !high || low === high) return;
  const sliders = [first, last].map((field, side) => {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = low;
    slider.max = high;
    slider.setAttribute("aria-label", place.dataset[side ? "lastLabel" : "firstLabel"] ?? "");
    slider.value = field.value || (side ? high : low);
    slider.addEventListener("input", () => {
      const own = Number(slider.value);
      const other = sliders[1 - side];
      // The two never pass each other.
      if (other && (side ? own < Number(other.value) : own > Number(other.value))) slider.value = other.value;
      field.value = slider.value === (side ? high : low) ? "" : slider.value;
    });
    slider.addEventListener("change", () => field.dispatchEvent(new Event("change", { bubbles: true })));
    field.addEventListener("change", () => (slider.value = field.value || (side ? high : low)));
    return slider;
  });
  place.append(...sliders);
  place.hidden = false;
}
