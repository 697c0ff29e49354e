import { decoded, textOf } from '../exchange/decode.ts';
import type { ExchangeRequest, HeaderList } from '../exchange/exchange.ts';
import { headerOf } from '../exchange/exchange.ts';
import type { FollowRules } from '../exchange/redirects.ts';
import { exchangeFollowing } from '../exchange/redirects.ts';
import { retryAfterMs } from '../exchange/retry-after.ts';
import type { Reading } from '../judge/values.ts';
import type { Phases } from '../verdict.ts';
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
}

/** Makes one attempt. Rejects only when the run is aborted. */
export function askWeb(
  request: ExchangeRequest,
  rules: FollowRules,
  context: AttemptContext,
): Promise<WebAnswer | Unanswered> {
  const said = `${request.method} ${request.url.href}`;
  return observed(said, context, async (watch) => {
    const { proxies, cookies } = context;
    const answer = await exchangeFollowing(request, rules, { proxies, watch, cookies });
    const durationMs = watch.elapsedMs;
    const phases = watch.phases;
    const { status, headers } = answer;
    const body = new WebBody(await decoded(answer.bytes, headers, request.maxBodyBytes), headers);
    const wait = retryAfterMs(headerOf(headers, 'retry-after'), context.clock.now());
    return {
      kind: 'answered',
      summary: `${said} → ${status}`,
      ...{ status, headers, body, phases, durationMs },
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    };
  });
}

/** A decoded body; reading it as text and as JSON is put off until an assertion asks. */
export class WebBody {
  readonly #bytes: Buffer;
  readonly #headers: HeaderList;
  #text: string | undefined;
  #json: { readonly value: unknown } | undefined | 'none';

  constructor(bytes: Buffer, headers: HeaderList) {
    this.#bytes = bytes;
    this.#headers = headers;
  }

  get text(): string {
    this.#text ??= textOf(this.#bytes, this.#headers);
    return this.#text;
  }

  /** The document, or undefined when the body is not JSON. */
  get json(): { readonly value: unknown } | undefined {
    this.#json ??= parsed(this.text);
    return this.#json === 'none' ? undefined : this.#json;
  }

  query(path: string, { jsonPaths, timeoutMs }: AttemptContext): Reading {
    const document = this.json;
    if (document === undefined) return { kind: 'unreadable', actual: notJson(this.text) };
    if (jsonPaths === undefined) return { kind: 'invalid', why: 'JSONPath was not loaded' };
    return jsonPaths.read(path, document.value, timeoutMs);
  }
}

function parsed(text: string): { readonly value: unknown } | 'none' {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return 'none';
  }
}

function notJson(text: string): string {
  return text.trim() === '' ? 'an empty body, which is not JSON' : `a body that is not JSON: ${text}`;
}
