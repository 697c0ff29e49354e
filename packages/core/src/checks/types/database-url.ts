import type { Address } from '../exchange/address.ts';
import { bareHost } from '../exchange/bare-host.ts';
import { isLoopback } from '../exchange/loopback.ts';
import { BindProblem } from './bind-problem.ts';
import type { Scope } from './check-type.ts';
import { isTornApart } from './web-url.ts';

/** A connection string taken apart. Its password is known to the redactor. */
export interface DatabaseUrl {
  readonly address: Address;
  /** `postgres://db.test:5432/shop`: without credentials, for reports. */
  readonly shown: string;
  readonly protocol: string;
  /** Decoded; undefined when absent. */
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** What follows the slash, decoded; '' when nothing does. */
  readonly path: string;
  readonly options: URLSearchParams;
  readonly isLocal: boolean;
}

export interface UrlKind {
  /** What it is called in messages. */
  readonly what: string;
  /** With their colon. */
  readonly protocols: readonly string[];
  readonly port: number;
}

/** Reads a connection string. The messages of its BindProblems hold none of it: all of it may be a secret. */
export function databaseUrl(template: string, kind: UrlKind, scope: Scope): DatabaseUrl {
  const { what, protocols } = kind;
  const text = scope.fill(template).trim();
  const url = URL.parse(text);
  if (url === null) {
    throw new BindProblem(
      `\`${what}\` has no usable URL: special characters of its password must be percent-encoded.`,
    );
  }
  if (!protocols.includes(url.protocol))
    throw new BindProblem(
      `\`${what}\` needs a URL that begins with ${protocols.map((one) => `${one}//`).join(' or ')}.`,
    );
  if (url.hostname === '') throw new BindProblem(`The URL of \`${what}\` names no host.`);
  if (isTornApart(url))
    throw new BindProblem(
      `\`${what}\` has a URL with an @ behind its host: special characters of its password must be percent-encoded, / as %2F, ? as %3F, # as %23.`,
    );
  const password = url.password === '' ? undefined : decoded(url.password, what);
  if (password !== undefined) for (const form of [password, url.password]) scope.redactor.add(form);
  const port = url.port === '' ? kind.port : Number(url.port);
  return {
    address: { host: bareHost(url.hostname), port },
    shown: `${url.protocol}//${url.hostname}:${port}${url.pathname}`,
    protocol: url.protocol,
    user: url.username === '' ? undefined : decoded(url.username, what),
    password,
    path: decoded(url.pathname.slice(1), what),
    options: url.searchParams,
    isLocal: isLoopback(url.hostname),
  };
}

/** The sentence that refuses a password in the clear. */
export function insecure(what: string): string {
  return `The password of \`${what}\` would go over an unencrypted connection. Use TLS, or set \`allow-insecure: true\`.`;
}

function decoded(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BindProblem(`The URL of \`${what}\` holds a % that begins no percent-encoded character.`);
  }
}
