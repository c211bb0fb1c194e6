// The list of a page's sections marks the one being read.

export function startSections(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".brink-secties__link[href^='#']")];
  const goals = new Map<Element, HTMLAnchorElement>();
  for (const link of links) {
    const goal = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (goal !== null) goals.set(goal, link);
  }
  if (goals.size === 0) return;
  const seen = new Set<Element>();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      }
      const current = [...goals.keys()].find((goal) => seen.has(goal));
      if (current === undefined) return;
      for (const [goal, link] of goals) {
        if (goal === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "0px 0px -60% 0px" },
  );
  for (const goal of goals.keys()) watch.observe(goal);
}
