// What an answer of the endpoint is to the views: columns and rows of terms, whatever form the query had.

export interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
  lang?: string;
}
export type Row = (Term | undefined)[];
export interface Result {
  columns: string[];
  rows: Row[];
  /** Set for ASK; there are no rows then. */
  truth?: boolean;
  /** Whether the rows are the statements of a CONSTRUCT or DESCRIBE: subject, property, object. */
  graph: boolean;
}
export type Words = Record<string, string>;
export interface Context {
  words: Words;
  lang: string;
  /** The address of the page about a thing of ours; other IRIs lead to themselves. */
  page: (iri: string) => string;
  /** An IRI as a prefixed name, or in full. */
  shorten: (iri: string) => string;
  places: () => Promise<{ iri: string; label: string; wkt: string }[]>;
}
/** Draws a result into a host; returns false when the result has nothing to draw in that way. */
export type View = (host: HTMLElement, result: Result, context: Context) => Promise<boolean> | boolean;

declare global {
  interface Window {
    ecographViews?: Record<string, View>;
  }
}

const NUMBERS = /#(integer|decimal|double|float|int|long|nonNegativeInteger|positiveInteger)$/;

/** Return a term's number, or null for anything else. */
export function numberOf(term: Term | undefined): number | null {
  if (term?.type !== "literal" || !term.datatype || !NUMBERS.test(term.datatype)) return null;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : null;
}

/** Return the columns that hold a number in every row that has a value, and in at least one. */
export function numericColumns(result: Result): number[] {
  return result.columns
    .map((_, column) => column)
    .filter((column) => {
      const filled = result.rows.map((row) => row[column]).filter((term) => term !== undefined);
      return filled.length > 0 && filled.every((term) => numberOf(term) !== null);
    });
}

/** Return the column whose values name those of another: ?actorLabel or ?actorName for ?actor, else itself. */
export function labelColumn(result: Result, column: number): number {
  const name = result.columns[column];
  for (const ending of ["Label", "Name", "_label"]) {
    const found = result.columns.indexOf(`${name}${ending}`);
    if (found >= 0) return found;
  }
  return column;
}

/** Return a term as short text: the literal's text, or the end of the IRI. */
export function textOf(term: Term | undefined): string {
  if (!term) return "";
  if (term.type !== "uri") return term.value;
  const parts = term.value.replace(/[/#]+$/, "").split(/[/#]/);
  try {
    return decodeURIComponent(parts[parts.length - 1] ?? term.value);
  } catch {
    return term.value;
  }
}

/** Read SPARQL 1.1 Query Results JSON. */
export function fromJson(text: string): Result {
  const content = JSON.parse(text) as {
    boolean?: boolean;
    head: { vars?: string[] };
    results?: { bindings: Record<string, Term>[] };
  };
  if (content.boolean !== undefined) return { columns: [], rows: [], truth: content.boolean, graph: false };
  const columns = content.head.vars ?? [];
  return { columns, rows: (content.results?.bindings ?? []).map((one) => columns.map((name) => one[name])), graph: false };
}

const TERM = /<([^>]*)>|(_:[^\s<]+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?/y;

/** Read N-Triples (RDF 1.1), as the endpoint writes them. */
export function fromNTriples(text: string, columns: string[]): Result {
  const rows: Row[] = [];
  for (const line of text.split("\n")) {
    const row: Row = [];
    TERM.lastIndex = 0;
    for (let at = 0; row.length < 3; at = TERM.lastIndex + 1) {
      TERM.lastIndex = at;
      const found = TERM.exec(line);
      if (!found) break;
      if (found[1] !== undefined) row.push({ type: "uri", value: unescaped(found[1]) });
      else if (found[2] !== undefined) row.push({ type: "bnode", value: found[2] });
      else row.push({ type: "literal", value: unescaped(found[3] ?? ""), ...(found[4] && { datatype: found[4] }), ...(found[5] && { lang: found[5] }) });
    }
    if (row.length === 3) rows.push(row);
  }
  return { columns, rows, graph: true };
}

const ESCAPES: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, other) =>
    other ? (ESCAPES[other] ?? other) : String.fromCodePoint(parseInt(short ?? long, 16)),
  );
}

/** Put counts into a sentence of the page: # and @ stand for them. */
export function filled(text: string | undefined, first: string | number, second: string | number = ""): string {
  return (text ?? "").replace("#", String(first)).replace("@", String(second));
}
