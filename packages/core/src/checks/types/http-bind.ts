import { hiddenValues } from '../../text/hidden-query.ts';
import { none } from '../../text/none.ts';
import { acceptedEncodings } from '../exchange/decode.ts';
import { isLoopback } from '../exchange/loopback.ts';
import type { ExchangeRequest } from '../exchange/message.ts';
import { BindProblem } from './bind-problem.ts';
import type { Scope } from './check-type.ts';
import { bypassHeaders } from './deployment-protection.ts';
import { sendable } from './http-payload.ts';
import type { Auth, RequestSpec } from './http-request.ts';
import { boundTls } from './http-tls.ts';
import { isTornApart, webUrl } from './web-url.ts';

/** A request with its templates filled in, ready to be sent. Throws BindProblem for what cannot be sent. */
export function bindRequest(spec: RequestSpec, scope: Scope): ExchangeRequest {
  const url = absolute(scope.fill(spec.url), scope.target);
  for (const [name, value] of spec.query) url.searchParams.append(name, scope.fill(value));
  const bypass = bypassHeaders(url, scope);
  refuseSecretsInTheClear(spec, url, scope.usesSecrets || Object.keys(bypass).length > 0);
  const payload = spec.payload && sendable(spec.payload, scope);
  if (spec.version === '2') refuseHopHeaders(spec);
  const own: RequestSpec['headers'] = {
    ...(payload === undefined ? {} : { 'content-type': payload.type }),
    ...(spec.auth === undefined ? {} : { authorization: authorization(spec.auth, scope) }),
    ...bypass,
    ...filledHeaders(spec.headers, scope),
    ...cookieHeader(spec, scope),
  };
  const headers = Object.keys(own).length === 0 ? everyRequest : { ...everyRequest, ...own };
  hideQuery(url, spec.redactQuery, scope);
  return {
    method: spec.method,
    url,
    headers,
    body: payload?.bytes,
    maxBodyBytes: spec.maxBodyBytes,
    version: spec.version === '2' ? '2' : undefined,
    tls: boundTls(spec.trust, spec.identity, scope),
    proxy: boundProxy(spec.proxy, scope),
    wantsCertificate: scope.asserts('certificate'),
    redactQuery: spec.redactQuery,
    secretHeaders: secretHeaders(spec, headers, scope),
  };
}

/** Headers of every request; one object for the thousands that have no others. */
const everyRequest: RequestSpec['headers'] = {
  'user-agent': 'belay-smoke-test',
  accept: '*/*',
  'accept-encoding': acceptedEncodings,
};

function secretHeaders(spec: RequestSpec, headers: RequestSpec['headers'], scope: Scope): readonly string[] {
  const secret = Object.keys(headers).filter(
    (name) => holdsVariable(spec.headers[name]) || isSecret(headers[name], scope),
  );
  return secret.length === 0 ? none : secret;
}

/** The headers of a check with their templates filled in. Throws BindProblem for what no header may hold. */
export function filledHeaders(headers: RequestSpec['headers'], scope: Scope): RequestSpec['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? headerValue(name, scope.fill(value))
        : value.map((one) => headerValue(name, scope.fill(one))),
    ]),
  );
}

/** A variable may be what a step captured, such as the token of a session. */
function holdsVariable(written: string | readonly string[] = none): boolean {
  return someOf(written, (one) => one.includes('${'));
}

function isSecret(value: string | readonly string[] = none, { redactor }: Scope): boolean {
  return someOf(value, (one) => redactor.redact(one) !== one);
}

function someOf(values: string | readonly string[], is: (value: string) => boolean): boolean {
  return typeof values === 'string' ? is(values) : values.some(is);
}

/** POST and PATCH may do something twice, unless the service is told how to recognise a repetition: by a key that stays. */
export function isRepeatable(
  { method, headers }: RequestSpec,
  { isGenerated }: Pick<Scope, 'isGenerated'>,
): boolean {
  const key = headers['idempotency-key'];
  return !['POST', 'PATCH'].includes(method) || (key !== undefined && ![key].flat().some(isGenerated));
}

function absolute(text: string, target: string | undefined): URL {
  if (target !== undefined && !URL.canParse(text) && !/^https?:\/\//i.test(target)) {
    throw new BindProblem(
      `The target${target.includes('@') ? '' : ` ${JSON.stringify(target)}`} is no address of a web server. Set \`target\`, or pass the variable \`url\`, as https://….`,
    );
  }
  return webUrl(text, target, { protocols: /^https?:$/, advice: '`auth`' });
}

function refuseSecretsInTheClear(spec: RequestSpec, url: URL, hasSecrets: boolean): void {
  if (!hasSecrets || spec.allowInsecure || url.protocol === 'https:' || isLoopback(url.hostname)) return;
  throw new BindProblem(
    `A secret would go over plain http to ${url.host}. Use https, or set \`allow-insecure: true\`.`,
  );
}

export function headerValue(name: string, value: string): string {
  // Node throws for anything else when it is sent, which would look like a connection that broke.
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value))
    throw new BindProblem(
      `The header ${name} holds what no header may hold: a line break, a control character, or a letter beyond Latin-1. Encode it.`,
    );
  return value;
}

/** HTTP/2 has no such headers, and Node none for them. */
const ofOneHop = ['keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'http2-settings'];

function refuseHopHeaders({ headers }: RequestSpec): void {
  const found = ofOneHop.find((name) => name in headers);
  if (found !== undefined)
    throw new BindProblem(`HTTP/2 has no header \`${found}\`. Leave it out, or speak \`version: 1.1\`.`);
}

function authorization(auth: Auth, scope: Scope): string {
  if (auth.kind === 'bearer') return `Bearer ${headerValue('authorization', scope.fill(auth.token))}`;
  const pair = scope.fill(auth.pair);
  const encoded = Buffer.from(pair).toString('base64');
  if (scope.usesSecrets) scope.redactor.add(encoded);
  return `Basic ${encoded}`;
}

/** What `cookies` says comes after what the `cookie` header itself does. */
function cookieHeader({ cookies, headers }: RequestSpec, scope: Scope): Readonly<Record<string, string>> {
  const pairs = Object.entries(cookies).map(([name, value]) =>
    headerValue('cookie', `${name}=${scope.fill(value)}`),
  );
  if (pairs.length === 0) return {};
  const written = [headers.cookie ?? []].flat().map((one) => headerValue('cookie', scope.fill(one)));
  return { cookie: [...written, ...pairs].join('; ') };
}

function boundProxy(written: string | undefined, scope: Scope): ExchangeRequest['proxy'] {
  if (written === undefined || written === 'none') return written;
  const url = URL.parse(scope.fill(written));
  if (url !== null && /^https?:$/.test(url.protocol) && !isTornApart(url)) return url;
  throw new BindProblem('`proxy` must be the URL of an http proxy, or none.');
}

/** Structure hides the value where the URL is shown, the mask wherever else it comes up. */
export function hideQuery(url: URL, names: readonly string[], scope: Scope): void {
  for (const value of hiddenValues(url, names)) scope.redactor.add(value);
}
