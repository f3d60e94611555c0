// What a page shows is in its address, so a link changes its own part of it and leaves the rest.
export type SearchParams = Record<string, string | string[] | undefined>;

/** `address` with some parameters set anew; undefined takes one away. */
export function addressWith(address: string, params: SearchParams): string {
  const [path = '', search] = address.split('?');
  const merged = new URLSearchParams(search);
  for (const [name, value] of Object.entries(params)) {
    const text = firstText(value);
    if (text) merged.set(name, text);
    else merged.delete(name);
  }
  return merged.size > 0 ? `${path}?${merged}` : path;
}

/** A parameter that is given twice counts as given once. Postgres keeps no NUL. */
export function firstText(value: SearchParams[string]): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  // A page that is asked with ?toString=1 is given the method of that name instead of the text.
  return typeof first === 'string' ? first.replaceAll('\0', '') : undefined;
}

/** The parameters of `address` but those a form sets itself: its hidden fields. */
export function paramsBeside(address: string, own: string[]): [string, string][] {
  return [...new URLSearchParams(address.split('?')[1])].filter(([name]) => !own.includes(name));
}
