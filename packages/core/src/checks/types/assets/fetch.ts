import { decoded } from '../../exchange/decode.ts';
import type { ExchangeRequest, HeaderList } from '../../exchange/exchange.ts';
import { headerOf, shownUrl } from '../../exchange/exchange.ts';
import type { FollowRules } from '../../exchange/redirects.ts';
import { exchangeFollowing } from '../../exchange/redirects.ts';
import { retryAfterMs } from '../../exchange/retry-after.ts';
import type { Phases } from '../../verdict.ts';
import type { AttemptContext, Unanswered } from '../check-type.ts';
import { observed } from '../observed.ts';

/** A page or an asset as it came. */
export interface Fetched {
  readonly kind: 'answered';
  /** After redirects. */
  readonly url: URL;
  readonly status: number;
  readonly headers: HeaderList;
  /** Decoded. */
  readonly body: Buffer;
  readonly phases: Phases;
  readonly retryAfterMs: number | undefined;
}

/** One request with a connection and limits of its own. Rejects only when the run is aborted. */
export function fetchOnce(
  request: ExchangeRequest,
  rules: FollowRules,
  context: AttemptContext,
): Promise<Fetched | Unanswered> {
  return observed(
    `${request.method} ${shownUrl(request.url, request.redactQuery)}`,
    context,
    async (watch) => {
      const answer = await exchangeFollowing(request, rules, {
        proxies: context.proxies,
        watch,
        cookies: context.cookies,
      });
      const { url, status, headers } = answer;
      const body = await decoded(answer.bytes, headers, {
        maxBytes: request.maxBodyBytes,
        large: () => watch.large(request.maxBodyBytes),
      });
      const wait = retryAfterMs(headerOf(headers, 'retry-after'), context.clock.now());
      return { kind: 'answered', url, status, headers, body, phases: watch.phases, retryAfterMs: wait };
    },
  );
}

/** `text/css` of `Text/CSS; charset=utf-8`; '' when there is none. */
export function mimeType(headers: HeaderList): string {
  return (headerOf(headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
