/** Let open menus close as a reader expects: by Escape, by a click beside them, and when the focus moves on. */
export function foldMenus(menus: NodeListOf<HTMLDetailsElement>): void {
  const fold = (except?: Node | null): void =>
    menus.forEach((menu) => {
      if (!except || !menu.contains(except)) menu.open = false;
    });
  menus.forEach((menu) => {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  });
  document.addEventListener("click", (event) => fold(event.target as Node));
}
