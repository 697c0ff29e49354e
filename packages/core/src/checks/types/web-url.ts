import { BindProblem } from './bind-problem.ts';

/**
 * An address as a message may name it. What is no address has no parts that could be left out: where an `@` says that a
 * password may stand in it, nothing of it is shown.
 */
export function namedAddress(text: string): string {
  const isPath = /^\/(?!\/)/.test(text);
  return text.includes('@') && !isPath
    ? 'An address that is not shown here, since it has an @,'
    : quoted(text);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Whether an `@` stands behind what was read as the host: then that may be half of a password. */
export function isTornApart({ pathname, search, hash }: URL): boolean {
  return [pathname, search, hash].some((part) => part.includes('@'));
}

/**
 * Whether a web address is torn apart by the password it was to hold: of `https://user:12?34@host` the host is `user`.
 * Nobody sends a fragment, or a query without a name right behind a host, with an @ in it.
 */
export function isTornWebUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  if (url.hash.includes('@') || (url.username !== '' && isTornApart(url))) return true;
  const [name = ''] = url.search.split('=', 1);
  return name.includes('@') && /^[^/]*\/\/[^/]*\?/.test(text);
}

/** An address, absolute or under the target. Throws BindProblem where it is none, or holds credentials. */
export function webUrl(
  text: string,
  target: string | undefined,
  { protocols, advice }: { readonly protocols: RegExp; readonly advice: string },
): URL {
  const url = URL.parse(text, target);
  if (url === null) {
    const named = namedAddress(text);
    throw new BindProblem(
      target === undefined
        ? `${named} is relative and there is no target. Set \`target\`, or pass the variable \`url\`.`
        : `${named} is not an address under the target${target.includes('@') ? '' : ` ${quoted(target)}`}.`,
    );
  }
  if (!protocols.test(url.protocol))
    throw new BindProblem(
      `${namedAddress(text)} is neither ${protocols.test('ws:') ? 'ws nor wss' : 'http nor https'}.`,
    );
  const isTorn = isTornWebUrl(URL.canParse(text) ? text : (target ?? ''));
  if (isTorn || url.username !== '' || url.password !== '')
    throw new BindProblem(`The address holds credentials. Use ${advice} with a secret.`);
  if (url.href.includes('#')) url.hash = '';
  return url;
}
