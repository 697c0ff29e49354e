import { defined } from '../../text/defined.ts';
import type { Phases } from '../check-result.ts';
import type { CertificateFacts } from '../exchange/certificate.ts';
import { decoded, textOf } from '../exchange/decode.ts';
import { shownUrl } from '../exchange/exchange.ts';
import type { ExchangeRequest, HeaderList } from '../exchange/message.ts';
import { headerOf } from '../exchange/message.ts';
import type { FollowRules, Redirect } from '../exchange/redirects.ts';
import { exchangeFollowing } from '../exchange/redirects.ts';
import { retryAfterMs } from '../exchange/retry-after.ts';
import { jsonOf } from '../judge/json-text.ts';
import { mostJudgingMs } from '../judge/resource-limit.ts';
import type { Reading } from '../judge/values.ts';
import type { CacheBuster } from './cache-buster.ts';
import type { AttemptContext, Unanswered } from './check-type.ts';
import { observed } from './observed.ts';

/** What a web server answered, decoded; text and JSON are read when first asked for. */
export interface WebAnswer {
  readonly kind: 'answered';
  readonly summary: string;
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: WebBody;
  readonly phases: Phases;
  /** Not rounded, for assertions. */
  readonly durationMs: number;
  readonly retryAfterMs?: number;
  /** `1.0`, `1.1`, `2`: what was spoken. */
  readonly httpVersion: string;
  /** Where the last answer came from. */
  readonly url: URL;
  readonly redirects: readonly Redirect[];
  readonly ip: string | undefined;
  /** Described only where the request asks for it. */
  readonly certificate: CertificateFacts | undefined;
  /** What was read with indulgence, a clause each. */
  readonly oddities: readonly string[];
}

/** Makes one attempt. Rejects only when the run is aborted. */
export function askWeb(
  request: ExchangeRequest,
  rules: FollowRules,
  context: AttemptContext,
): Promise<WebAnswer | Unanswered> {
  const said = `${request.method} ${shownUrl(request.url, request.redactQuery)}`;
  return observed(said, context, async (watch) => {
    const { proxies, cookies } = context;
    const { bytes, ...answer } = await exchangeFollowing(request, rules, { proxies, watch, cookies });
    const { status, headers } = answer;
    const durationMs = watch.elapsedMs;
    const phases = watch.phases;
    const oddities = [...answer.oddities];
    const body = new WebBody(
      await decoded(bytes, headers, {
        maxBytes: request.maxBodyBytes,
        large: () => watch.large(request.maxBodyBytes),
        note: (text) => oddities.push(text),
      }),
      { headers, raw: bytes },
    );
    const wait = retryAfterMs(headerOf(headers, 'retry-after'), context.clock.now());
    return {
      kind: 'answered',
      summary: `${said} → ${status}`,
      ...answer,
      body,
      phases,
      durationMs,
      oddities,
      ...defined({ retryAfterMs: wait }),
    };
  });
}

/** As if our parameter had not been in the address. */
export function withoutQuery(answer: WebAnswer, own: CacheBuster): WebAnswer {
  const headers = own.outOfHeaders(answer.headers);
  return {
    ...answer,
    headers,
    body: new WebBody(own.outOfBytes(answer.body.bytes), { headers, raw: answer.body.raw }),
    url: own.outOfUrl(answer.url),
    redirects: answer.redirects.map((one) => ({ ...one, location: own.outOf(one.location) })),
  };
}

interface Sent {
  readonly headers: HeaderList;
  /** Before decoding. */
  readonly raw: Buffer;
}

/** A decoded body; reading it as text and as JSON is put off until an assertion asks. */
export class WebBody {
  readonly bytes: Buffer;
  readonly #sent: Sent;
  #text: string | undefined;
  #warning: string | undefined;
  #json: { readonly value: unknown } | undefined | 'none';

  constructor(bytes: Buffer, sent: Sent) {
    this.bytes = bytes;
    this.#sent = sent;
  }

  get raw(): Buffer {
    return this.#sent.raw;
  }

  get text(): string {
    if (this.#text === undefined) {
      const { text, warning } = textOf(this.bytes, this.#sent.headers);
      this.#text = text;
      this.#warning = warning;
    }
    return this.#text;
  }

  /** What reading it as text had to guess; undefined while nothing has asked for the text. */
  get warning(): string | undefined {
    return this.#warning;
  }

  /** The document, or undefined when the body is not JSON. */
  get json(): { readonly value: unknown } | undefined {
    this.#json ??= parsed(this.text);
    return this.#json === 'none' ? undefined : this.#json;
  }

  /** The document as a reading: one that is not JSON shows how it begins. */
  get document(): Reading {
    const { json } = this;
    if (json === undefined) return { kind: 'unreadable', actual: notJson(this.text) };
    return { kind: 'found', value: json.value };
  }

  query(path: string, { jsonPaths, timeoutMs }: AttemptContext): Reading {
    const document = this.json;
    if (document === undefined) return { kind: 'unreadable', actual: notJson(this.text) };
    if (jsonPaths === undefined) return { kind: 'invalid', why: 'JSONPath was not loaded' };
    return jsonPaths.read(path, document.value, Math.min(timeoutMs, mostJudgingMs));
  }
}

function parsed(text: string): { readonly value: unknown } | 'none' {
  try {
    return { value: jsonOf(text) };
  } catch {
    return 'none';
  }
}

function notJson(text: string): string {
  return text.trim() === '' ? 'an empty body, which is not JSON' : `a body that is not JSON: ${text}`;
}
