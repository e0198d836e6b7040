// The combobox with a list of suggestions, as the ARIA Authoring Practices describe it: the focus stays in the box.

interface Option {
  label: string;
  by: string | null;
  url: string;
}
interface Group {
  kind: string;
  options: Option[];
}

const WAIT = 120; // milliseconds after the last key
let made = 0;

/** Suggest what a reader may mean; without a choice, Enter sends the form as ever. */
export function suggestWhileTyping(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLInputElement>("input[type=search]");
  const address = form.dataset["suggest"];
  if (!box || !address) return;
  const id = `suggestions-${(made += 1)}`;
  const list = document.createElement("div");
  list.id = id;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset["list"] ?? "");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  form.append(list, said);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
  Object.entries(attributes).forEach(([name, value]) => box.setAttribute(name, value));

  let options: { element: HTMLElement; url: string }[] = [];
  let active = -1;
  let timer = 0;
  let asked: AbortController | undefined;

  const choose = (number: number): void => {
    options[active]?.element.setAttribute("aria-selected", "false");
    active = number;
    const chosen = options[active];
    if (!chosen) return box.removeAttribute("aria-activedescendant");
    chosen.element.setAttribute("aria-selected", "true");
    chosen.element.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", chosen.element.id);
  };
  const show = (open: boolean): void => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };
  const fill = (groups: Group[]): void => {
    choose(-1);
    options = [];
    list.replaceChildren(
      ...groups.map((group) => {
        const element = document.createElement("div");
        element.setAttribute("role", "group");
        element.setAttribute("aria-label", group.kind);
        element.append(...group.options.map((option) => offered(option, group.kind)));
        return element;
      }),
    );
    show(options.length > 0);
    const text = options.length === 0 ? "none" : options.length === 1 ? "one" : "many";
    said.textContent = (form.dataset[text] ?? "").replace("#", String(options.length));
  };
  const offered = (option: Option, kind: string): HTMLElement => {
    const element = document.createElement("div");
    element.id = `${id}-${options.length}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = option.by ? `${option.label} (${option.by})` : option.label;
    const what = document.createElement("small");
    what.textContent = kind;
    element.append(name, " ", what);
    // Before the box loses the focus, which would close the list under the pointer.
    element.addEventListener("pointerdown", (event) => event.preventDefault());
    element.addEventListener("click", () => window.location.assign(option.url));
    options.push({ element, url: option.url });
    return element;
  };
  const ask = async (): Promise<void> => {
    asked?.abort();
    const text = box.value.trim();
    if (!text) return show(false);
    asked = new AbortController();
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
      if (!answer.ok) return show(false);
      const found = (await answer.json()) as { groups: Group[] };
      if (document.activeElement === box) fill(found.groups);
    } catch {
      // A later key has taken over, or the network is gone; the form works still.
    }
  };

  box.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT);
  });
  box.addEventListener("blur", () => show(false));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        if (options.length && box.value.trim()) show(true);
        else void ask();
        if (event.altKey) return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = active < 0 && step < 0 ? options.length : active;
      if (options.length) choose((from + step + options.length) % options.length);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (open) show(false);
      else {
        box.value = "";
        options = [];
      }
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      window.location.assign(options[active]!.url);
    } else if (event.key === "Home" || event.key === "End" || event.key === "ArrowLeft" || event.key === "ArrowRight") {
      choose(-1);
    }
  });
}
