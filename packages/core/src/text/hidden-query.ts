const secretNames = ['apikey', 'token', 'secret', 'password', 'signature'];

/**
 * Whether the value of a parameter of an address is shown nowhere: those that `redact-query` lists, and those whose name
 * is or ends with `api_key`, `token`, `secret`, `password` or `signature`, in any case, with `-`, `_` or nothing between.
 */
export function isHidden(name: string, listed: readonly string[] = []): boolean {
  return listed.includes(name) || endsInOne(name, secretNames);
}

/** Whether a name ends with one of these, in any spelling. */
export function endsInOne(name: string, endings: readonly string[]): boolean {
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return endings.some((ending) => bare.endsWith(ending));
}

/** The values of an address that are shown nowhere: of hidden parameters, and the password before its host. */
export function hiddenValues(url: URL, listed: readonly string[] = []): readonly string[] {
  // Where there are none, a list of them would be kept by the address for good.
  const parameters = (url.search === '' ? [] : [...url.searchParams])
    .filter(([name]) => isHidden(name, listed))
    .map(([, value]) => value);
  return [...parameters, ...(url.password === '' ? [] : [url.password, decoded(url.password)])];
}

/**
 * A text in which no address shows what is shown nowhere, each as `***`: relative ones too, in their query, fragment or
 * path, and addresses that stand escaped within another. A pair such as `token=…` by itself counts as one.
 */
export function withoutHidden(text: string, listed: readonly string[] = []): string {
  // Most texts have none of what the patterns below look for.
  if (!/[=@%]/.test(text)) return text;
  const named = new RegExp(nameAndEquals);
  let shown = '';
  let from = 0;
  for (let match = named.exec(text); match !== null; match = named.exec(text)) {
    const [, name = '', equals] = match;
    if (!isHidden(decoded(name.replaceAll('+', ' ')), listed)) continue;
    const value = new RegExp(equals === '=' ? valueAsItIs : valueEscaped);
    value.lastIndex = named.lastIndex;
    value.exec(text);
    shown += `${text.slice(from, named.lastIndex)}***`;
    from = value.lastIndex;
    named.lastIndex = from;
  }
  return (shown + text.slice(from)).replace(passwordBeforeHost, '//$1:***@');
}

/** A name behind what may stand before one, as it is or escaped any number of times, and its `=`. */
const nameAndEquals =
  /(?:^|[?&#;"'<\s,]|%(?:25)*(?:3f|26|23|3b))((?:[^=?&#;"'<>\s,%]|%(?!(?:25)*(?:3[bdf]|2[36]))[\da-f]{2})+)(=|%(?:25)*3d)/gi;
const valueAsItIs = /[^&#<>"'\s]*/y;
const valueEscaped = /(?:[^&#<>"'\s%]|%(?!(?:25)*(?:26|23)))*/iy;
const passwordBeforeHost = /\/\/([^/?#@:"'<>\s]{0,200}):[^/?#@"'<>\s]{1,1000}@/g;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
