import { basename } from 'node:path';
import { acceptedEncodings } from '../exchange/decode.ts';
import type { ExchangeRequest } from '../exchange/message.ts';
import type { HostLookup } from '../host-lookup.ts';
import type { CurlTerms, Scope } from './check-type.ts';
import { addressBeside, addressOf } from './curl-address.ts';
import { bindRequest } from './http-bind.ts';
import type { Payload } from './http-payload.ts';
import type { RequestSpec } from './http-request.ts';
import type { SecretsStand } from './shell-word.ts';
import { holdsSecret, shellWord, standInFor } from './shell-word.ts';

/** An option that no shell would misread, with its value. */
type Option = readonly [name: string, value?: string, secrets?: SecretsStand];

/**
 * The request as a curl command for a POSIX shell, with a line before it for what the command cannot say. In `scope` every
 * secret is its stand-in. Throws BindProblem for a request that is none without its secrets.
 */
export function curlOf(spec: RequestSpec, scope: Scope, terms: CurlTerms): string {
  const beside = addressBeside(spec, scope, terms.reveal);
  const isApart = ([, value]: readonly [string, string]) =>
    beside !== undefined || holdsSecret(scope.fill(value));
  const url = beside?.standIn ?? spec.url;
  const query = spec.query.filter((pair) => !isApart(pair));
  // Whether it may go in the clear was settled with its values.
  const request = bindRequest({ ...spec, url, query, allowInsecure: true }, scope);
  const notes: string[] = [];
  const options: Option[] = [
    ['--silent'],
    ['--show-error'],
    ['--include'],
    ['--globoff'],
    ...methodOf(request),
    ...versionOf(request),
    ...headersOf(spec, withCookies(request, terms)),
    ...(spec.auth?.kind === 'basic' ? [['--user', scope.fill(spec.auth.pair)] as const] : []),
    ...payloadOf(spec.payload, scope, { terms, notes }),
    ...spec.query
      .filter(isApart)
      .map(([name, value]): Option => ['--url-query', encoded(name, scope.fill(value))]),
    ...redirectsOf(spec, request, notes),
    ...trustOf(spec, scope, { terms, notes }),
    ...(spec.proxy === undefined ? [] : proxyOf(scope.fill(spec.proxy))),
    ...routeOf(terms.hostLookup, scope),
    ['--connect-timeout', seconds(Math.min(terms.connectTimeoutMs, terms.timeoutMs))],
    ['--max-time', seconds(terms.timeoutMs)],
    ['--url', beside?.address ?? addressOf(request, scope)],
  ];
  const words = options.map(([name, value, secrets]) =>
    value === undefined ? name : `${name} ${shellWord(value, secrets)}`,
  );
  return [...notes.map((note) => `# ${note}`), ['curl', ...words].join(' ')].join('\n');
}

function methodOf({ method, body, version, headers }: ExchangeRequest): Option[] {
  if (method === 'HEAD') return [['--head']];
  if (method === (body === undefined ? 'GET' : 'POST')) return [];
  // Where a body is usual, HTTP/1.1 says that there is none; curl does not.
  const isTold = body === undefined && version !== '2' && !bodiless.includes(method);
  const length: Option[] =
    isTold && !('content-length' in headers) ? [['--header', 'content-length: 0']] : [];
  return [['--request', method], ...length];
}

const bodiless: readonly string[] = ['GET', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

function versionOf({ version, url }: ExchangeRequest): Option[] {
  if (version !== '2') return [['--http1.1']];
  return [[url.protocol === 'https:' ? '--http2' : '--http2-prior-knowledge']];
}

/** After those that the check states itself; what they hold is a secret of the session. */
function withCookies(request: ExchangeRequest, { cookies = [] }: CurlTerms): ExchangeRequest {
  if (cookies.length === 0) return request;
  const own = [request.headers.cookie ?? []].flat();
  const cookie = [...own, ...cookies.map((name) => `${name}=${standInFor(name)}`)].join('; ');
  return { ...request, headers: { ...request.headers, cookie } };
}

/** Without those that other options stand for. */
function headersOf(spec: RequestSpec, { headers }: ExchangeRequest): Option[] {
  const isOwn = (name: string) => name in spec.headers;
  const implied = (name: string, value: string) =>
    !isOwn(name) &&
    ((name === 'accept' && value === '*/*') ||
      (name === 'authorization' && spec.auth?.kind === 'basic') ||
      (name === 'content-type' && (spec.payload?.kind === 'multipart' || spec.payload?.kind === 'form')));
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().flatMap((one): Option[] => {
      if (implied(name, one)) return [];
      if (name === 'accept-encoding' && !isOwn(name) && one === acceptedEncodings) return [['--compressed']];
      // Without a value curl would leave the header out.
      return [['--header', one === '' ? `${name};` : `${name}: ${one}`]];
    }),
  );
}

interface Telling {
  readonly terms: CurlTerms;
  readonly notes: string[];
}

/** More than this is no command any more, characters. */
const mostText = 16_384;

function payloadOf(payload: Payload | undefined, scope: Scope, { terms, notes }: Telling): Option[] {
  const text = (filled: string): Option[] => {
    if (filled.length <= mostText && !filled.includes('\0')) return [['--data-raw', filled]];
    notes.push('Save the body, which is too long for a command or no text, as body.txt first.');
    return [['--data-binary', '@body.txt']];
  };
  switch (payload?.kind) {
    case undefined:
      return [];
    case 'body':
      return text(scope.fill(payload.text));
    case 'json': {
      const filled = JSON.stringify(scope.fillDeep(payload.value));
      if (!holdsSecret(filled) || filled.length > mostText) return text(filled);
      notes.push(
        'Of a secret in JSON the command escapes quotes and backslashes; write line breaks in it as \\n.',
      );
      return [['--data-raw', filled, 'json']];
    }
    case 'file':
      return [['--data-binary', `@${terms.pathOf(scope.fill(payload.path))}`]];
    case 'form': {
      const pairs = payload.fields.map(([name, value]) => [name, scope.fill(value)] as const);
      if (pairs.some(([, value]) => holdsSecret(value)))
        return pairs.map(([name, value]) => ['--data-urlencode', encoded(name, value)]);
      return text(
        new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString(),
      );
    }
    case 'multipart':
      return payload.parts.map((part): Option => {
        if (!('file' in part)) return ['--form-string', `${part.name}=${scope.fill(part.value)}`];
        const path = scope.fill(part.file);
        const filename = scope.fill(part.filename ?? basename(part.file));
        const type = scope.fill(part.type ?? 'application/octet-stream');
        const file = `@${formQuoted(terms.pathOf(path))};filename=${formQuoted(filename)};type=${type}`;
        return ['--form', `${part.name}=${file}`];
      });
  }
}

/** Curl encodes what stands behind the first `=`. */
function encoded(name: string, value: string): string {
  return `${encodeURIComponent(name)}=${value}`;
}

/** As curl reads the parts of `--form`. */
function formQuoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function redirectsOf(spec: RequestSpec, { url, method }: ExchangeRequest, notes: string[]): Option[] {
  if (!spec.follow) return [];
  if (!['GET', 'HEAD'].includes(method))
    notes.push(
      'Where a redirect makes a GET of it, the check leaves out the headers of a body, and curl goes on with what the command names.',
    );
  return [
    [spec.locationTrusted ? '--location-trusted' : '--location'],
    ['--max-redirs', String(spec.maxRedirects)],
    ...(url.protocol === 'https:' && !spec.allowDowngrade ? [['--proto-redir', '=https'] as const] : []),
  ];
}

function trustOf({ trust, identity }: RequestSpec, scope: Scope, { terms, notes }: Telling): Option[] {
  const file = (written: string, name: string): string => {
    const filled = scope.fill(written);
    if (!holdsSecret(filled) && !filled.trimStart().startsWith('-----BEGIN')) return terms.pathOf(filled);
    notes.push(`Save the PEM that the check has in a variable or in itself as ${name} first.`);
    return name;
  };
  if (trust?.serverName !== undefined)
    notes.push(
      `The check asks for the server name ${JSON.stringify(trust.serverName)}, and curl for that of the address.`,
    );
  return [
    ...(trust?.ca === undefined ? [] : [['--cacert', file(trust.ca, 'ca.pem')] as const]),
    ...(trust?.minVersion === undefined ? [] : [[`--tlsv${trust.minVersion}`] as const]),
    ...(trust?.verify === false ? [['--insecure'] as const] : []),
    ...(identity === undefined
      ? []
      : [
          ['--cert', file(identity.cert, 'cert.pem')] as const,
          ['--key', file(identity.key, 'key.pem')] as const,
          ...(identity.passphrase === undefined
            ? []
            : [['--pass', scope.fill(identity.passphrase)] as const]),
        ]),
  ];
}

function proxyOf(filled: string): Option[] {
  return filled === 'none' ? [['--noproxy', '*']] : [['--proxy', filled]];
}

function routeOf(hostLookup: HostLookup | undefined, scope: Scope): Option[] {
  if (hostLookup === undefined) return [];
  const { ip, resolve, connectTo } = hostLookup;
  return [
    ...(ip === '4' ? [['--ipv4'] as const] : ip === '6' ? [['--ipv6'] as const] : []),
    ...resolve.map((one) => ['--resolve', scope.fill(one)] as const),
    ...connectTo.map((one) => ['--connect-to', scope.fill(one)] as const),
  ];
}

/** Whole seconds or with three digits behind the point: curl reads both. */
function seconds(ms: number): string {
  return String(Math.max(1, Math.round(ms)) / 1000);
}
