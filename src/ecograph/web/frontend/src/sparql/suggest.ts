// What the editor suggests: the terms of the model, found by their name or by a word in Swedish or English.
import Yasqe from "@zazuko/yasqe";

export interface ModelTerm {
  iri: string;
  name: string;
  kind: "class" | "property" | "concept";
  sv: string;
  en: string;
}
export interface Terms {
  prefixes: Record<string, string>;
  terms: ModelTerm[];
}
type Editor = InstanceType<typeof Yasqe>;
interface Shown {
  text: string;
  displayText?: string;
  render?: (element: HTMLElement, data: unknown, hint: Shown) => void;
}
const MOST = 60;
const WORD = /[^\s{}()<>.;,"'|^*+?$]*$/;

/** Return the word before the cursor and where it begins; null within a text, a comment or a variable. */
function word(editor: Editor): { text: string; from: number; to: number } | null {
  const cursor = editor.getDoc().getCursor();
  const line = editor.getDoc().getLine(cursor.line).slice(0, cursor.ch);
  const text = WORD.exec(line)?.[0] ?? "";
  const from = cursor.ch - text.length;
  if (!text || /[?$<"']/.test(line[from - 1] ?? "")) return null;
  const type = editor.getTokenAt(cursor).type ?? "";
  return /comment|string(?!-2)/.test(type) ? null : { text, from, to: cursor.ch };
}

/** Return how well a term fits: the less the better, null where it does not. */
function fit(term: ModelTerm, wanted: string): number | null {
  const name = term.name.toLowerCase();
  const local = name.slice(name.indexOf(":") + 1);
  const labels = [term.sv.toLowerCase(), term.en.toLowerCase()];
  if (name.startsWith(wanted)) return 0;
  if (local.startsWith(wanted)) return 1;
  if (labels.some((label) => label.startsWith(wanted))) return 2;
  if (labels.some((label) => label.includes(wanted))) return 3;
  return local.includes(wanted) ? 4 : null;
}

/** Make the two completers known; return their names. Prefixed names show by themselves, words at Ctrl+Space. */
export function register(known: Promise<Terms>, lang: string, kinds: Record<string, string>): string[] {
  const by = new Map<string, ModelTerm>();
  const found = async (wanted: string): Promise<string[]> => {
    const { terms, prefixes } = await known;
    const named = Object.keys(prefixes).filter((prefix) => `${prefix}:`.startsWith(wanted) && !wanted.includes(":"));
    const fitting = terms
      .map((term) => ({ term, rank: fit(term, wanted.toLowerCase()) }))
      .filter((one): one is { term: ModelTerm; rank: number } => one.rank !== null)
      .sort((a, b) => a.rank - b.rank || a.term.name.localeCompare(b.term.name))
      .slice(0, MOST);
    fitting.forEach(({ term }) => by.set(term.name, term));
    return [...fitting.map(({ term }) => term.name), ...named.map((prefix) => `${prefix}:`)];
  };
  const completer = (name: string, withColon: boolean) => ({
    name,
    bulk: false,
    autoShow: withColon,
    isValidCompletionPosition: (editor: Editor) => {
      const at = word(editor);
      return at !== null && at.text.includes(":") === withColon;
    },
    preProcessToken: (editor: Editor, token: any) => {
      const at = word(editor);
      return at ? { ...token, string: at.text, autocompletionString: at.text, from: { ch: at.from }, to: { ch: at.to } } : token;
    },
    get: (_: Editor, token?: { string: string }) => (token ? found(token.string) : []),
    postprocessHints: (_: Editor, hints: any[]) => {
      for (const hint of hints as Shown[]) {
        const term = by.get(hint.text);
        if (!term) continue;
        hint.render = (element) => {
          const label = lang === "sv" ? term.sv : term.en;
          const name = document.createElement("code");
          name.textContent = term.name;
          const said = document.createElement("span");
          said.textContent = [label, kinds[term.kind]].filter(Boolean).join(" · ");
          element.append(name, said);
        };
      }
      return hints;
    },
  });
  // YASGUI's own lists ask prefix.cc and Linked Open Vocabularies; this page asks no other host.
  Yasqe.defaults.autocompleters = [];
  for (const name of ["prefixes", "property", "class"]) delete Yasqe.Autocompleters[name];
  for (const one of [completer("terms", true), completer("words", false)]) Yasqe.registerAutocompleter(one as any, false);
  return ["terms", "words", "variables"];
}
