// What a form asks, as the query of a URL.

/** The filled fields of a form; empty ones mean "not answered" and are left out, as are files. */
export function query(form: HTMLFormElement, submitter?: HTMLElement | null): URLSearchParams {
  const found = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter ?? null)) {
    if (typeof value === "string" && value.trim() !== "") found.append(name, value);
  }
  return found;
}

/** The address the form asks for. */
export function address(form: HTMLFormElement, asked: URLSearchParams): URL {
  const url = new URL(form.getAttribute("action") ?? location.pathname, location.href);
  url.search = asked.toString();
  url.hash = "";
  return url;
}
