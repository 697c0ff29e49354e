import type { UpgradeRequest } from '../exchange/web-socket.ts';
import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { flag, listOf, text, word } from '../parse/scalars.ts';
import { BindProblem } from './bind-problem.ts';
import type { Scope, TypeDefaults } from './check-type.ts';
import { refuseClearSecrets } from './clear-secrets.ts';
import { bypassHeaders } from './deployment-protection.ts';
import type { StepSpec } from './dialogue-steps.ts';
import { dialogueKeys, readDialogue } from './dialogue-steps.ts';
import { filledHeaders, hideQuery } from './http-bind.ts';
import { headerMap } from './http-request.ts';
import { webUrl } from './web-url.ts';

/** A WebSocket as written. */
export interface WebSocketSpec {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly subprotocols: readonly string[];
  readonly steps: readonly StepSpec[];
  /** The code the server must close with after the dialogue; undefined when we close. */
  readonly close: number | undefined;
  /** Send secrets over `ws:`. */
  readonly allowInsecure: boolean;
  /** Query parameters whose values reports do not show. */
  readonly redactQuery: readonly string[];
}

const keys = ['url', 'headers', 'subprotocol', 'close', 'allow-insecure', 'opcode', ...dialogueKeys];

/** Reads `/socket`, `wss://host/socket`, or a mapping. */
export function readWebSocket(at: Cursor, { redactQuery = [] }: TypeDefaults): WebSocketSpec | undefined {
  if (typeof at.value === 'string') {
    const url = text(at);
    return url === undefined ? undefined : { ...plain, url, redactQuery };
  }
  const given = fields(at, { what: '`websocket`', keys });
  if (given === undefined) return undefined;
  if (!given.has('url')) at.fail('`websocket` needs a `url`.');
  return {
    url: given.read('url', text) ?? '',
    headers: given.read('headers', headerMap) ?? {},
    subprotocols: given.read('subprotocol', oneOrMore) ?? [],
    steps: readDialogue(given, { plain: 'equals', framed: true }) ?? [],
    close: given.read('close', closeCode),
    allowInsecure: given.read('allow-insecure', flag) ?? false,
    redactQuery,
  };
}

const plain = { headers: {}, subprotocols: [], steps: [], close: undefined, allowInsecure: false };

function oneOrMore(at: Cursor): readonly string[] | undefined {
  return typeof at.value === 'string' ? [at.value] : listOf(word)(at);
}

function closeCode(at: Cursor): number | undefined {
  if (typeof at.value === 'number' && Number.isInteger(at.value) && at.value >= 1000 && at.value <= 4999)
    return at.value;
  return at.fail(`\`close\` must be a close code from 1000 to 4999, not ${shown(at.value)}.`);
}

/** The request with its templates filled in. Throws BindProblem for what cannot be asked. */
export function boundUpgrade(spec: WebSocketSpec, scope: Scope): UpgradeRequest {
  const url = socketUrl(scope.fill(spec.url), scope.target);
  hideQuery(url, spec.redactQuery, scope);
  const bypass = bypassHeaders(new URL(url.href.replace(/^ws/, 'http')), scope);
  const usesSecrets = scope.usesSecrets || Object.keys(bypass).length > 0;
  const over = `plain ws to ${url.host}`;
  if (url.protocol === 'ws:')
    refuseClearSecrets({ usesSecrets }, { host: url.hostname, over, allowed: spec.allowInsecure });
  const headers = { 'user-agent': 'belay-smoke-test', ...bypass, ...filledHeaders(spec.headers, scope) };
  const subprotocols = spec.subprotocols.map((one) => token(scope.fill(one)));
  return { url, headers, subprotocols, maxMessageBytes: 10 * 1024 * 1024 };
}

function socketUrl(text: string, target: string | undefined): URL {
  const url = webUrl(text, target, { protocols: /^(?:ws|http)s?:$/, advice: '`headers`' });
  url.protocol = url.protocol.replace('http', 'ws');
  return url;
}

function token(name: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return name;
  throw new BindProblem(`${JSON.stringify(name)} is not a name of a subprotocol.`);
}
