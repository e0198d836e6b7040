// The SPARQL page: YASGUI's editor in place of the plain field, the answer on the page in four ways.
// The page asks its own host only: the editor's lists come from the build, and nothing is kept in the browser.
import Yasqe from "@zazuko/yasqe";
import { fromJson, fromNTriples, filled, type Context, type Result, type View, type Words } from "../sparql/result";
import { register, type Terms } from "../sparql/suggest";
import { table } from "../sparql/table";

const LARGEST = 40 << 20;
const LONGEST_GET = 3000;

const form = document.querySelector<HTMLFormElement>("#ask");
if (form) start(form);

function start(form: HTMLFormElement): void {
  const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
  const data = form.dataset;
  const lang = document.documentElement.lang;
  const words = JSON.parse(byId("words").textContent ?? "{}") as Words;
  const field = byId<HTMLTextAreaElement>("query");
  const said = byId("said");
  const answer = byId("answer");
  const shown = byId("shown");
  const json = <T>(address: string | undefined): Promise<T> => fetch(address ?? "").then((response) => response.json() as Promise<T>);
  const terms = json<Terms>(data["terms"]);
  terms.catch(() => undefined);

  const editor = edit();
  let result: Result | null = null;
  let view = data["view"] ?? "table";
  let asking: AbortController | null = null;
  let prefixes: Record<string, string> = {};
  terms.then((found) => (prefixes = found.prefixes)).catch(() => undefined);

  let places: Context["places"] extends () => infer P ? P | null : never = null;
  const context: Context = {
    words,
    lang,
    page,
    shorten: (iri) => {
      if (iri.startsWith(`${data["base"]}id/`)) return iri.slice(`${data["base"]}id/`.length);
      const found = Object.entries(prefixes).filter(([, space]) => iri.startsWith(space) && iri.length > space.length);
      const best = found.sort((a, b) => b[1].length - a[1].length)[0];
      return best ? `${best[0]}:${iri.slice(best[1].length)}` : iri;
    },
    places: () => (places ??= json(data["places"])),
  };

  function page(iri: string): string {
    const root = `${data["page"]!.replace(/\/sparql$/, "")}/`;
    const base = data["base"] ?? "";
    if (iri.startsWith(`${base}id/`)) return root + iri.slice(`${base}id/`.length);
    if (iri.startsWith("https://w3id.org/ecograph/vocabulary/")) return `${root}vocabulary/${iri.slice(37)}`;
    if (iri.startsWith("https://w3id.org/ecograph/ns#")) return `${root}model#${iri.slice(29)}`;
    return /^https?:/.test(iri) ? iri : "#";
  }

  function edit(): InstanceType<typeof Yasqe> {
    const names = register(terms, lang, { class: words["class"] ?? "", property: words["property-kind"] ?? "", concept: words["concept"] ?? "" });
    const place = document.createElement("div");
    place.className = "editor";
    field.before(place);
    field.hidden = true;
    document.querySelector(`label[for="query"]`)?.classList.add("visually-hidden");
    const made = new Yasqe(place, {
      value: field.value,
      autocompleters: names,
      persistenceId: null,
      prefixCcApi: null,
      createShareableLink: undefined,
      showQueryButton: false,
      resizeable: false,
      editorHeight: "19rem",
      consumeShareLink: null,
      screenReaderLabel: words["editor"] ?? "SPARQL",
      extraKeys: {
        // Tab goes on to the next control, as everywhere on a page; lines are indented by themselves.
        Tab: false,
        "Shift-Tab": false,
        "Ctrl-Space": (one: InstanceType<typeof Yasqe>) => one.autocomplete(),
        "Ctrl-Enter": () => void run(),
        "Cmd-Enter": () => void run(),
        "Ctrl-/": (one: InstanceType<typeof Yasqe>) => one.commentLines(),
        "Shift-Ctrl-F": (one: InstanceType<typeof Yasqe>) => one.autoformat(),
      },
    } as any);
    // The editor's own hint is English, and stands on the page in the reader's language already.
    made.showNotification = () => undefined;
    made.getInputField().setAttribute("aria-label", words["editor"] ?? "SPARQL");
    made.getInputField().setAttribute("aria-describedby", "keys");
    byId("keys").hidden = false;
    made.on("change", () => {
      field.value = made.getValue();
      offer();
    });
    return made;
  }

  /** Offer the downloads that the form of the query has. */
  function offer(): void {
    const graph = /^(CONSTRUCT|DESCRIBE)$/.test(form_of());
    form.querySelectorAll<HTMLElement>("[data-graph]").forEach((button) => (button.hidden = !graph));
    form.querySelectorAll<HTMLElement>("[data-rows]").forEach((button) => (button.hidden = graph));
  }

  function form_of(): string {
    try {
      return editor.getQueryType() ?? "SELECT";
    } catch {
      return "SELECT";
    }
  }

  function say(text: string, detail = ""): void {
    said.replaceChildren(text);
    if (!detail) return;
    const more = document.createElement("pre");
    more.lang = "en";
    more.textContent = detail;
    said.append(more);
  }

  /** Declare the customary prefixes that the query uses, so that it is whole here and elsewhere. */
  async function declare(): Promise<void> {
    const known = (await terms.catch(() => null))?.prefixes ?? {};
    const bare = editor.getValue().replace(/<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, " ");
    const there = new Set([...bare.matchAll(/\bPREFIX\s+([A-Za-z][\w.-]*)?:/gi)].map((found) => found[1] ?? ""));
    const used = new Set([...bare.matchAll(/(?<![\w?$:\\-])([A-Za-z][\w-]*):/g)].map((found) => found[1]!));
    const missing = [...used].filter((prefix) => known[prefix] && !there.has(prefix)).sort();
    if (missing.length) editor.getDoc().replaceRange(missing.map((prefix) => `PREFIX ${prefix}: <${known[prefix]}>\n`).join(""), { line: 0, ch: 0 });
  }

  async function request(more: Record<string, string>, accept: string, signal: AbortSignal): Promise<Response> {
    const values = new URLSearchParams({ query: editor.getValue(), ...more });
    const address = `${data["endpoint"]}?${values}`;
    return address.length < LONGEST_GET
      ? fetch(address, { headers: { Accept: accept }, signal })
      : fetch(data["endpoint"]!, { method: "POST", body: values, headers: { Accept: accept }, signal });
  }

  /** Run something against the endpoint, told while it lasts; what went wrong is told honestly. */
  async function against(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    asking?.abort();
    const mine = (asking = new AbortController());
    byId("stop").hidden = false;
    answer.setAttribute("aria-busy", "true");
    say(words["running"] ?? "");
    try {
      await work(mine.signal);
    } catch (error) {
      if (mine !== asking) return;
      answer.hidden = true;
      result = null;
      say((mine.signal.aborted ? words["stopped"] : words["offline"]) ?? "");
    } finally {
      if (mine === asking) {
        byId("stop").hidden = true;
        answer.removeAttribute("aria-busy");
      }
    }
  }

  async function refused(response: Response): Promise<void> {
    const problem = (await response.json().catch(() => ({}))) as { type?: string; detail?: string };
    const kind = problem.type?.split("/").pop() ?? "";
    answer.hidden = true;
    result = null;
    say(words[kind] ?? words["failed"] ?? "", problem.detail ?? `${response.status} ${response.statusText}`);
  }

  async function run(): Promise<void> {
    await declare();
    const graph = /^(CONSTRUCT|DESCRIBE)$/.test(form_of());
    await against(async (signal) => {
      const began = performance.now();
      const response = await request({}, graph ? "application/n-triples" : "application/sparql-results+json", signal);
      if (!response.ok) return refused(response);
      if (Number(response.headers.get("Content-Length") ?? 0) > LARGEST) {
        answer.hidden = true;
        return say(words["result-too-large"] ?? "");
      }
      const text = await response.text();
      const seconds = new Intl.NumberFormat(lang, { maximumSignificantDigits: 2 }).format((performance.now() - began) / 1000);
      const columns = [words["subject"] ?? "s", words["property"] ?? "p", words["object"] ?? "o"];
      result = graph ? fromNTriples(text, columns) : fromJson(text);
      const count = result.rows.length;
      if (result.truth !== undefined) say((result.truth ? words["yes"] : words["no"]) ?? "");
      else if (!count) say(words["none"] ?? "");
      else if (graph) say(filled(words["triples"], count.toLocaleString(lang), seconds));
      else say(filled(count === 1 ? words["row"]!.replace("1", "#") : words["rows"], count.toLocaleString(lang), seconds));
      answer.hidden = !count;
      await keep();
      await draw();
    });
  }

  /** Show the answer in the chosen way; a view's script is fetched when it is first needed. */
  async function draw(): Promise<void> {
    if (!result?.rows.length) return;
    answer.querySelectorAll<HTMLElement>("[data-show]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset["show"] === view)));
    const place = document.createElement("div");
    shown.replaceChildren(place);
    const made: View = view === "table" ? table : await load(view);
    if (await made(place, result, context)) return;
    const note = document.createElement("p");
    note.className = "notice";
    note.textContent = words[`${view}-none`] ?? "";
    place.replaceChildren(note);
  }

  function load(name: string): Promise<View> {
    const known = window.ecographViews?.[name];
    if (known) return Promise.resolve(known);
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = data[name] ?? "";
      script.onload = () => (window.ecographViews?.[name] ? done(window.ecographViews[name]!) : fail(new Error(name)));
      script.onerror = () => fail(new Error(name));
      document.head.append(script);
    });
  }

  /** Put query and view into the address; packed where that is shorter. */
  async function keep(): Promise<string> {
    await declare();
    const address = new URL(data["page"]!, location.href);
    const text = editor.getValue();
    const packed = await pack(text);
    const open = new URLSearchParams({ query: text, view });
    const short = new URLSearchParams({ z: packed, view });
    address.search = packed && short.toString().length < open.toString().length ? short.toString() : open.toString();
    history.replaceState(null, "", address);
    return address.href;
  }

  async function pack(text: string): Promise<string> {
    if (typeof CompressionStream === "undefined") return "";
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  async function explain(): Promise<void> {
    await declare();
    await against(async (signal) => {
      const response = await request({ explain: "1" }, "application/json", signal);
      if (!response.ok) return refused(response);
      const found = (await response.json()) as { algebra: unknown; milliseconds: Record<string, number>; cache: string; limit_seconds: number; warnings: string[] };
      say("");
      result = null;
      answer.hidden = false;
      const title = document.createElement("h2");
      title.textContent = words["explain"] ?? "";
      const facts = document.createElement("dl");
      facts.className = "facts";
      const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
      const stages = Object.entries(found.milliseconds).map(([name, value]): [string, string] => [`${name} (ms)`, numbers.format(value)]);
      for (const [name, value] of [...stages, [words["cache"] ?? "", found.cache], [words["limit"] ?? "", numbers.format(found.limit_seconds)]]) {
        const term = document.createElement("dt");
        const said = document.createElement("dd");
        term.lang = said.lang = "en";
        term.textContent = name!;
        said.textContent = value!;
        facts.append(term, said);
      }
      const algebra = document.createElement("pre");
      algebra.tabIndex = 0;
      algebra.textContent = typeof found.algebra === "string" ? found.algebra : JSON.stringify(found.algebra, null, 1);
      const caption = document.createElement("h3");
      caption.textContent = words["algebra"] ?? "";
      shown.replaceChildren(title, facts, caption, algebra);
      for (const warning of found.warnings) {
        const line = document.createElement("p");
        line.lang = "en";
        line.className = "notice";
        line.textContent = warning;
        shown.append(line);
      }
    });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    if (button?.name !== "format") return void run();
    void declare().then(() => {
      const format = document.createElement("input");
      Object.assign(format, { type: "hidden", name: "format", value: button.value });
      form.append(format);
      form.submit();
      format.remove();
    });
  });
  for (const id of ["copy", "explain"]) byId(id).hidden = false;
  byId("stop").addEventListener("click", () => asking?.abort());
  byId("explain").addEventListener("click", () => void explain());
  byId("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(await keep());
    say(words["copied"] ?? "");
  });
  answer.querySelectorAll<HTMLElement>("[data-show]").forEach((button) =>
    button.addEventListener("click", () => {
      view = button.dataset["show"] ?? "table";
      void keep().then(() => (result ? draw() : run()));
    }),
  );

  let examples: Promise<Record<string, string>> | null = null;
  document.querySelectorAll<HTMLAnchorElement>("[data-example]").forEach((link) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      examples ??= json(data["examples"]);
      void examples.then(
        (texts) => {
          editor.setValue(texts[link.dataset["example"]!] ?? editor.getValue());
          view = "table";
          editor.focus();
          void run();
        },
        () => (location.href = link.href),
      );
    }),
  );
  const filter = byId<HTMLInputElement>("example-filter");
  filter.parentElement!.hidden = false;
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLocaleLowerCase(lang);
    let any = false;
    document.querySelectorAll<HTMLDetailsElement>(".examples .theme").forEach((theme) => {
      let some = false;
      theme.querySelectorAll("li").forEach((item) => {
        item.hidden = !item.textContent!.toLocaleLowerCase(lang).includes(wanted);
        some ||= !item.hidden;
      });
      theme.hidden = !some;
      if (wanted) theme.open = some;
      any ||= some;
    });
    byId("example-none").hidden = any;
  });
  if (window.matchMedia("(max-width: 860px)").matches) document.querySelector<HTMLDetailsElement>(".drawer")!.open = false;
  offer();
  if (new URLSearchParams(location.search).has("view")) void run();
}
