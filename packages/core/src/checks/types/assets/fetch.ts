import type { Phases } from '../../check-result.ts';
import { decoded, textOf } from '../../exchange/decode.ts';
import { shownUrl } from '../../exchange/exchange.ts';
import type { ExchangeRequest, HeaderList } from '../../exchange/message.ts';
import { headerOf } from '../../exchange/message.ts';
import type { FollowRules } from '../../exchange/redirects.ts';
import { exchangeFollowing } from '../../exchange/redirects.ts';
import { retryAfterMs } from '../../exchange/retry-after.ts';
import type { CacheBuster } from '../cache-buster.ts';
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

/** One request with limits of its own, over a connection that no other request is under way on. Rejects only when the run is aborted. */
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

/** What is fetched as browsers read it: a byte order mark outranks what `content-type` says. `most`: bytes of it. */
export function textOfFile({ body, headers }: Pick<Fetched, 'body' | 'headers'>, most = body.length): string {
  const isMarked = marks.some((mark) => body.subarray(0, mark.length).equals(mark));
  return textOf(body.subarray(0, most), isMarked ? {} : headers).text;
}

/** Of UTF-8 and of UTF-16, either way round. */
const marks = [Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** As if our parameter had not been in the address. */
export function fetchedWithoutQuery(answer: Fetched, own: CacheBuster): Fetched {
  const { url, headers, body } = answer;
  return {
    ...answer,
    url: own.outOfUrl(url),
    headers: own.outOfHeaders(headers),
    body: own.outOfBytes(body),
  };
}

/** `text/css` of `Text/CSS; charset=utf-8`; '' when there is none. */
export function mimeType(headers: HeaderList): string {
  return (headerOf(headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
