import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Address } from '../exchange/address.ts';
import { portOf } from '../exchange/address.ts';
import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import type { Fields } from '../parse/fields.ts';
import { text } from '../parse/scalars.ts';
import { BindProblem } from './bind-problem.ts';
import type { Scope } from './check-type.ts';
import { isTornWebUrl, namedAddress } from './web-url.ts';

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
  return (
    partsOf(line) ??
    at.fail(
      `\`${at.key}\` must be an address such as shop.example:443, not ${line.includes('@') ? 'one with an @' : shown(at.value)}.`,
    )
  );
}

/** The parts of `shop.example:8443`; undefined for what is no such address. */
function partsOf(line: string): AddressSpec | undefined {
  if (isIPv6(line)) return { host: line, port: undefined };
  const [, host, number] = /^(\[[^\s\]]+\]|[^\s:[\]/]+)(?::(\S+))?$/.exec(line) ?? [];
  return host === undefined || (number !== undefined && !mayBePort(number))
    ? undefined
    : { host, port: number };
}

/** What a variable holds that is an address as a whole: `shop.example:5432`, or the address of a site. */
function wholeAddress(written: string | undefined, scope: Scope): AddressSpec | undefined {
  if (written === undefined || !/^\$\{[A-Za-z_][\w-]*\}$/.test(written)) return undefined;
  const text = scope.fill(written).trim();
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null) return partsOf(text);
  if (isTornWebUrl(text) || url.username !== '') throw new BindProblem(credentials);
  return { host: url.hostname, port: String(portOf(url)) };
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
  const { host: written, port: given } = filledParts(spec, scope, defaults);
  const host = asciiHost(written);
  const number = given === '' ? defaults.port : portNumber(given);
  if (number !== undefined) return { host, port: number };
  throw new BindProblem(
    given === ''
      ? `There is no \`port\`. Write it, as in ${host}:5432.`
      : `The port${given.includes('@') ? '' : ` ${JSON.stringify(given)}`} is not a number from 1 to 65535.`,
  );
}

/** As text; '' for a port that nobody names. */
function filledParts(
  { host, port: own }: AddressSpec,
  scope: Scope,
  { protocols }: AddressDefaults,
): { readonly host: string; readonly port: string } {
  if (host === undefined) {
    const target = targetOf(scope);
    const targets = protocols.includes(target.protocol) ? target.port : '';
    return { host: target.hostname, port: own === undefined ? targets : scope.fill(own) };
  }
  const whole = own === undefined ? wholeAddress(host, scope) : undefined;
  if (whole?.host !== undefined) return { host: whole.host, port: whole.port ?? '' };
  return { host: scope.fill(host), port: own === undefined ? '' : scope.fill(own) };
}

/** A host name as DNS and certificates write it: in lower case, `bücher.example` as `xn--bcher-kva.example`. */
export function asciiHost(name: string): string {
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  if (isIPv6(bare)) return bare;
  const ascii = domainToASCII(bare);
  if (ascii === '') throw new BindProblem(`${namedAddress(name)} is not a host name.`);
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
  if (host === undefined) return targetOf(scope).hostname;
  return wholeAddress(host, scope)?.host ?? scope.fill(host);
}

function targetOf({ target }: Scope): URL {
  const url = target === undefined ? null : URL.parse(target);
  if (url === null)
    throw new BindProblem('There is no `host` and no target. Name the host, or pass the variable `url`.');
  if (isTornWebUrl(target ?? '')) throw new BindProblem(credentials);
  return url;
}

const credentials = 'The address holds credentials: a host and a port have none.';

/** A template is whole only when the run starts. */
function mayBePort(text: string): boolean {
  return text.includes('${') || portNumber(text) !== undefined;
}

function portNumber(text: string): number | undefined {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 65_535 ? number : undefined;
}
