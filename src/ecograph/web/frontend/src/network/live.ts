// The page follows the form without loading anew: the server makes the answer, its parts are put in place.

const PLAIN: Record<string, string> = { reach: "partners", size: "degree", colour: "area", least: "1" };

/** Return the address that the form asks for, without what is as at first. */
export function addressOf(form: HTMLFormElement): string {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "" && PLAIN[name] !== value) given.append(name, value.trim());
  }
  const query = given.toString();
  return form.action.split("?")[0] + (query ? `?${query}` : "");
}

/** Put the parts of a fetched page in the place of those here; return it. */
export async function follow(address: string, signal: AbortSignal): Promise<Document> {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of page.querySelectorAll<HTMLElement>("[data-live]")) {
    const here = document.querySelector(`[data-live="${part.dataset["live"]}"]`);
    here?.replaceWith(document.importNode(part, true));
  }
  // The address of the other language follows what is chosen.
  for (const link of document.querySelectorAll<HTMLAnchorElement | HTMLLinkElement>("[hreflang]")) {
    const there = page.querySelector<HTMLAnchorElement | HTMLLinkElement>(`${link.localName}[hreflang="${link.hreflang}"]`);
    if (there) link.setAttribute("href", there.getAttribute("href") ?? "");
  }
  document.title = page.title;
  return page;
}
