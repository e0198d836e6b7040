// A row of lists above a view: which column is drawn how.

/** Add lists to a host; `changed` is called with the chosen values at once and after each change. */
export function choices(
  host: HTMLElement,
  lists: { label: string; options: [number, string][]; value: number }[],
  changed: (values: number[]) => void,
): void {
  const fields = document.createElement("div");
  fields.className = "fields";
  const selects = lists.map(({ label, options, value }, number) => {
    const box = document.createElement("div");
    const name = document.createElement("label");
    const select = document.createElement("select");
    select.id = `view-choice-${number}`;
    name.htmlFor = select.id;
    name.textContent = label;
    for (const [key, text] of options) select.add(new Option(text, String(key), false, key === value));
    box.append(name, select);
    fields.append(box);
    return select;
  });
  const tell = (): void => changed(selects.map((select) => Number(select.value)));
  fields.addEventListener("change", tell);
  host.append(fields);
  tell();
}
