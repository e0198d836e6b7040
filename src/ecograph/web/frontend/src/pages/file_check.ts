// Drag and drop, the size told before sending, and reports without choosing the file again.
// Without this file the form is sent as any form, and the report is chosen in it.

const form = document.querySelector<HTMLFormElement>("#upload");

/** Everything that needs the form; the page's answer is replaced in place, so that the chosen file stays. */
function enhance(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("#file")!;
  const drop = form.querySelector<HTMLElement>(".drop")!;
  const said = form.querySelector<HTMLElement>(".said")!;
  const words = form.dataset;

  const say = (text: string, wrong = false): void => {
    said.textContent = text;
    said.classList.toggle("wrong", wrong);
  };
  const fits = (): boolean => {
    const large = (input.files?.[0]?.size ?? 0) > Number(words["largest"]);
    say(large ? (words["tooLarge"] ?? "") : "", large);
    return !large;
  };

  const send = async (report: string): Promise<void> => {
    if (!fits()) return;
    const content = new FormData(form);
    content.set("report", report);
    say(words["busy"] ?? "");
    form.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.action, { method: "POST", body: content });
      const attached = response.headers.get("Content-Disposition");
      if (attached) save(await response.blob(), /filename="([^"]+)"/.exec(attached)?.[1] ?? "report");
      else show(await response.text());
      say("");
    } catch {
      say(words["failed"] ?? "", true);
    } finally {
      form.removeAttribute("aria-busy");
    }
  };

  const show = (html: string): void => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("#answer");
    const old = document.querySelector("#answer");
    if (!fresh || !old) return;
    document.title = page.title;
    old.replaceWith(fresh);
    (fresh as HTMLElement).focus();
    fresh.scrollIntoView({ block: "start" });
    const reports = fresh.querySelector<HTMLElement>("#reports");
    if (!reports) return;
    reports.hidden = false;
    reports.addEventListener("click", (event) => {
      const report = (event.target as HTMLElement).dataset["report"];
      if (report) void send(report);
    });
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form.querySelector<HTMLSelectElement>("#report")!.value);
  });
  input.addEventListener("change", fits);
  form.querySelector<HTMLElement>("[data-drop]")!.hidden = false;
  for (const name of ["dragenter", "dragover"] as const)
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  for (const name of ["dragleave", "drop"] as const) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    fits();
  });
}

/** Hand a file over to the browser's downloads. */
function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

if (form) enhance(form);
