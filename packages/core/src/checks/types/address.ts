import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Address } from '../exchange/connect.ts';
import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import type { Fields } from '../parse/fields.ts';
import { text } from '../parse/scalars.ts';
import type { Scope } from './check-type.ts';
import { BindProblem } from './check-type.ts';

/** Where a check connects to, as written: either part may be a template. */
export interface AddressSpec {
  readonly host: string | undefined;
  readonly port: string | undefined;
}

/** `host` and `port` of a type's mapping. */
export function readAddress(given: Fields): AddressSpec {
  return { host: given.read('host', text), port: given.read('port', port) };
}

/** `shop.example`, `shop.example:8443` or `[::1]:8443`, for a type whose value is its address. */
export function addressLine(at: Cursor): AddressSpec | undefined {
  const line = text(at)?.trim();
  if (line === undefined) return undefined;
  if (isIPv6(line)) return { host: line, port: undefined };
  const [, host, number] = /^(\[[^\s\]]+\]|[^\s:[\]/]+)(?::(\S+))?$/.exec(line) ?? [];
  if (host === undefined || (number !== undefined && !mayBePort(number)))
    return at.fail(`\`${at.key}\` must be an address such as shop.example:443, not ${shown(at.value)}.`);
  return { host, port: number };
}

function port(at: Cursor): string | undefined {
  const given = typeof at.value === 'number' ? String(at.value) : at.value;
  if (typeof given === 'string' && mayBePort(given)) return given;
  return at.fail(`\`port\` must be a number from 1 to 65535, not ${shown(at.value)}.`);
}

export interface AddressDefaults {
  /** The port without a word about it; undefined where one must be given. */
  readonly port: number | undefined;
  /** Protocols of `target` whose port is meant as well when the host is the target's. */
  readonly protocols: readonly string[];
}

/** Fills in an address; what is absent comes from the target of the file. Throws BindProblem. */
export function boundAddress(spec: AddressSpec, scope: Scope, defaults: AddressDefaults): Address {
  const target = spec.host === undefined ? targetOf(scope) : undefined;
  const host = target?.hostname ?? scope.fill(spec.host ?? '');
  const targetPort = target !== undefined && defaults.protocols.includes(target.protocol) ? target.port : '';
  const given = spec.port === undefined ? targetPort : scope.fill(spec.port);
  const number = given === '' ? defaults.port : portNumber(given);
  if (number === undefined) {
    throw new BindProblem(
      given === ''
        ? `There is no \`port\`. Write it, as in ${host}:5432.`
        : `The port ${JSON.stringify(given)} is not a number from 1 to 65535.`,
    );
  }
  return { host: asciiHost(host), port: number };
}

/** A host name as DNS and certificates write it: in lower case, `bücher.example` as `xn--bcher-kva.example`. */
export function asciiHost(name: string): string {
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  if (isIPv6(bare)) return bare;
  const ascii = domainToASCII(bare);
  if (ascii === '') throw new BindProblem(`${JSON.stringify(name)} is not a host name.`);
  return ascii;
}

/** The host for `Probe.host`, as a URL writes it. */
export function urlHost(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** `host:port`, as messages and proxies write it. */
export function authorityOf({ host, port: number }: Address): string {
  return `${urlHost(host)}:${number}`;
}

/** A host as written, or the target's. Throws BindProblem where there is neither. */
export function hostOrTargets(host: string | undefined, scope: Scope): string {
  return host === undefined ? targetOf(scope).hostname : scope.fill(host);
}

function targetOf({ target }: Scope): URL {
  const url = target === undefined ? null : URL.parse(target);
  if (url === null)
    throw new BindProblem('There is no `host` and no target. Name the host, or pass the variable `url`.');
  return url;
}

/** A template is whole only when the run starts. */
function mayBePort(text: string): boolean {
  return text.includes('${') || portNumber(text) !== undefined;
}

function portNumber(text: string): number | undefined {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 65_535 ? number : undefined;
}
