// Progressive enhancement only: every page works without this file.
import { suggestWhileTyping } from "./combobox";
import { foldMenus } from "./menu";

/** Turn a link to this page into a button that copies the address and says so. */
function offerCopy(link: HTMLAnchorElement): void {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = link.textContent;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(link.href);
    said.textContent = link.dataset["copied"] ?? "";
    window.setTimeout(() => (said.textContent = ""), 4000);
  });
  link.replaceWith(button, said);
}

/** On a narrow screen the facets begin folded, so that the answer comes first. */
function foldWhereNarrow(list: HTMLDetailsElement): void {
  if (window.matchMedia("(max-width: 860px)").matches) list.open = false;
}

/** Show a button for printing, which means nothing without script. */
function offerPrint(button: HTMLButtonElement): void {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.documentElement.classList.add("enhanced");
document.querySelectorAll<HTMLAnchorElement>("a[data-copied]").forEach(offerCopy);
document.querySelectorAll<HTMLDetailsElement>("details.facet-list").forEach(foldWhereNarrow);
document.querySelectorAll<HTMLButtonElement>("button[data-print]").forEach(offerPrint);
document.querySelectorAll<HTMLFormElement>("form[data-suggest]").forEach(suggestWhileTyping);
foldMenus(document.querySelectorAll<HTMLDetailsElement>(".bar nav details"));
