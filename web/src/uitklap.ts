// Folded parts: a link into one opens it, and paper shows them all.

function openAround(target: Element | null): void {
  for (let fold = target?.closest("details") ?? null; fold !== null; fold = fold.parentElement?.closest("details") ?? null) {
    fold.open = true;
  }
}

export function startHash(): void {
  const follow = (): void => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id === "") return;
    const target = document.getElementById(id);
    openAround(target);
    target?.scrollIntoView({ block: "start" });
  };
  addEventListener("hashchange", follow);
  follow();
}

export function startPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
