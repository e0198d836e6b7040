// An answer as a table: things linked, numbers flush right, a column sorted at a click.
import { filled, numberOf, numericColumns, textOf, type Context, type Result, type Row, type Term } from "./result";

const SHOWN = 500;

export function table(host: HTMLElement, result: Result, context: Context): boolean {
  const numeric = new Set(numericColumns(result));
  const numbers = new Intl.NumberFormat(context.lang, { maximumFractionDigits: 4 });
  let rows = result.rows;
  let sorted: { column: number; down: boolean } | null = null;

  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  const drawn = document.createElement("table");
  const caption = drawn.createCaption();
  caption.className = "visually-hidden";
  caption.textContent = context.words["table"] ?? "";
  scroll.setAttribute("aria-label", caption.textContent);
  const head = drawn.createTHead().insertRow();
  const body = drawn.createTBody();
  result.columns.forEach((name, column) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (numeric.has(column)) cell.className = "num";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = name;
    button.addEventListener("click", () => {
      sorted = { column, down: sorted?.column === column ? !sorted.down : numeric.has(column) };
      rows = [...result.rows].sort((a, b) => compare(a[column], b[column], context.lang) * (sorted!.down ? -1 : 1));
      head.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
      cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      fill();
    });
    cell.append(button);
    head.append(cell);
  });
  const cellOf = (term: Term | undefined, column: number): HTMLElement => {
    const cell = document.createElement("td");
    if (!term) cell.append("–");
    else if (term.type === "uri") {
      const link = document.createElement("a");
      link.href = context.page(term.value);
      link.textContent = context.shorten(term.value);
      cell.append(link);
    } else if (numeric.has(column)) {
      cell.className = "num";
      cell.textContent = /year$/i.test(result.columns[column] ?? "") ? term.value : numbers.format(numberOf(term) ?? 0);
    } else {
      cell.textContent = term.value.length > 400 ? `${term.value.slice(0, 400)}…` : term.value;
      if (term.lang && term.lang !== context.lang) cell.lang = term.lang;
    }
    return cell;
  };
  const fill = (): void => {
    body.replaceChildren(
      ...rows.slice(0, SHOWN).map((row: Row) => {
        const line = document.createElement("tr");
        line.append(...result.columns.map((_, column) => cellOf(row[column], column)));
        return line;
      }),
    );
  };
  fill();
  scroll.append(drawn);
  host.append(scroll);
  if (rows.length > SHOWN) {
    const note = document.createElement("p");
    note.className = "small quiet";
    note.textContent = filled(context.words["first"], SHOWN);
    host.append(note);
  }
  return true;
}

function compare(a: Term | undefined, b: Term | undefined, lang: string): number {
  if (!a || !b) return Number(!a) - Number(!b);
  const one = numberOf(a);
  const other = numberOf(b);
  return one !== null && other !== null ? one - other : textOf(a).localeCompare(textOf(b), lang);
}
