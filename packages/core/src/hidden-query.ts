const secretNames = ['apikey', 'token', 'secret', 'password', 'signature'];

/**
 * Whether the value of a parameter of an address is shown nowhere: those that `redact-query` lists, and those whose name
 * is or ends with `api_key`, `token`, `secret`, `password` or `signature`, in any case, with `-`, `_` or nothing between.
 */
export function isHidden(name: string, listed: readonly string[] = []): boolean {
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return listed.includes(name) || secretNames.some((ending) => bare.endsWith(ending));
}

/** The values of an address that are shown nowhere: of hidden parameters, and the password before its host. */
export function hiddenValues(url: URL, listed: readonly string[] = []): readonly string[] {
  const parameters = [...url.searchParams]
    .filter(([name]) => isHidden(name, listed))
    .map(([, value]) => value);
  return [...parameters, ...(url.password === '' ? [] : [url.password, decoded(url.password)])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
