import { isHidden } from '../../text/hidden-query.ts';
import type { ExchangeRequest } from '../exchange/message.ts';
import type { Scope } from './check-type.ts';
import type { RequestSpec } from './http-request.ts';
import { beginsWithSecret, holdsSecret, standInFor } from './shell-word.ts';

/** An address that begins with a secret: nothing else may stand before it, and nothing else knows its parts. */
export interface AddressBeside {
  /** For the command: `${HOOK}`, `${BASE}/path`. */
  readonly address: string;
  /** An address that the rest of the request is made for; a template. */
  readonly standIn: string;
}

/**
 * The address of a request that begins with a secret, where that is more than a part of a path; undefined for every other
 * one. `reveal` fills in the values.
 */
export function addressBeside(
  { url, redactQuery }: RequestSpec,
  scope: Scope,
  reveal: (text: string) => string,
): AddressBeside | undefined {
  const filled = scope.fill(url);
  if (!beginsWithSecret(filled)) return undefined;
  const real = reveal(url);
  const whole = URL.parse(real);
  const target = URL.parse(scope.target ?? '');
  if (whole === null && (target === null || !/^\/(?!\/)/.test(real))) return undefined;
  const base = whole === null ? (target?.origin ?? '') : '';
  // What is meant for the target alone goes along to no other.
  const isTarget = whole === null || whole.origin === target?.origin;
  const origin = isTarget ? target?.origin : `${whole.protocol}//address.invalid`;
  const [address = ''] = `${base}${escaped(filled)}`.split('#', 1);
  return {
    address: withVariables(address, redactQuery, scope),
    standIn: `${origin}/`,
  };
}

/** The address of a request; what no report shows of it is a variable as well. */
export function addressOf({ url, redactQuery = [] }: ExchangeRequest, scope: Scope): string {
  return withVariables(url.href, redactQuery, scope);
}

/** As an address is sent: curl takes it as it is. */
function escaped(text: string): string {
  return text.replace(/[\s"<>\\^`{|}]|[^\x20-\x7e]+/g, encodeURIComponent);
}

function withVariables(address: string, listed: readonly string[], scope: Scope): string {
  const [, path = address, query] = /^([^?]*\?)(.*)$/s.exec(address) ?? [];
  if (query === undefined) return address;
  const variables = new Variables(scope);
  const pairs = query.split('&').map((pair) => {
    const [[name, value] = ['', '']] = [...new URLSearchParams(pair)];
    const isShown = !isHidden(name, listed) || value === '' || holdsSecret(value);
    return isShown
      ? pair
      : `${pair.slice(0, pair.indexOf('='))}=${standInFor(variables.nameOf(name, value))}`;
  });
  return `${path}${pairs.join('&')}`;
}

/** One variable for each value: `TOKEN`, and `TOKEN_2` for another of that name. */
class Variables {
  readonly #values = new Map<string, string>();
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  nameOf(parameter: string, value: string): string {
    const first = parameter.toUpperCase();
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? first : `${first}_${number}`;
      const known = this.#values.get(name);
      if (known === value) return name;
      if (known !== undefined || this.#scope.isSecret(name)) continue;
      this.#values.set(name, value);
      return name;
    }
  }
}
