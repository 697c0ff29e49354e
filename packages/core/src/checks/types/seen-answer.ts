import { defined } from '../../text/defined.ts';
import { withoutHiddenFields } from '../../text/hidden-fields.ts';
import { textOf } from '../exchange/decode.ts';
import { shownUrl } from '../exchange/exchange.ts';
import type { HeaderList } from '../exchange/message.ts';
import { headerOf } from '../exchange/message.ts';
import type { SeenAnswer } from './check-type.ts';
import type { WebAnswer } from './http-answer.ts';
import { shownHeaders } from './shown-headers.ts';

/** So much is decoded: the rest of a large body shows in no excerpt. Bytes. */
const decodedAtMost = 65_536;
/** So much of a body is kept for the file in the report. Bytes. */
const keptAtMost = 1024 * 1024;

/** By which the owner of a service finds one request again in its logs; the service's own name for it first. */
const requestIds = [
  'x-request-id',
  'x-correlation-id',
  'fly-request-id',
  'x-vercel-id',
  'x-railway-request-id',
  'x-amzn-requestid',
  'x-amz-cf-id',
  'cf-ray',
  'traceparent',
] as const;

/** `redactQuery`: the parameters of addresses, and fields of JSON, whose values are not shown. */
export function seenAnswer(
  { status, headers, body, url, ip, httpVersion }: WebAnswer,
  redactQuery: readonly string[],
): SeenAnswer {
  const named = requestIds.find((name) => headerOf(headers, name)?.trim());
  const textOfBody = (bytes: Buffer, most: number) =>
    withoutHiddenFields(bodyText(headers, bytes, most), redactQuery);
  const shown = textOfBody(body.bytes, decodedAtMost);
  const listed = shownHeaders(headers, redactQuery);
  const address = `${shownUrl(url, redactQuery)}${ip === undefined ? '' : ` (${ip})`}`;
  // Not the answer itself: its buffers may hold much more than what is kept.
  const kept = Buffer.from(body.bytes.subarray(0, keptAtMost));
  const bytesInAll = body.bytes.length;
  return {
    ...(shown === '' ? {} : { body: shown }),
    ...(named === undefined ? {} : { requestId: { header: named, value: headerOf(headers, named) ?? '' } }),
    address,
    headers: listed,
    whole: {
      size: kept.length,
      text: (redactor) => {
        const head = [
          address,
          `HTTP/${httpVersion} ${status}`,
          ...listed.map(([name, value]) => `${name}: ${value}`),
          '',
        ];
        const text = `${head.join('\n')}\n${textOfBody(kept, keptAtMost)}`;
        if (kept.length === bytesInAll) return redactor.redact(text);
        // What could be the start of a secret stays away.
        return `${redactor.redactStart(text).shown}…\n[the rest of ${bytesInAll} bytes is not kept]`;
      },
    },
  };
}

function bodyText(headers: HeaderList, bytes: Buffer, most: number): string {
  const start = bytes.subarray(0, most);
  // No text holds one, whatever its encoding says of itself, but for UTF-16, of which half are.
  if (start.subarray(0, decodedAtMost).includes(0) && !isUtf16(start))
    return `${bytes.length} bytes that are not text`;
  return textOf(start, headers).text.trim();
}

function isUtf16([first = 0, second = 0]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** What is told of an answer of which nothing may be shown: where it came from, and why that is all. */
export function withheld({ address, requestId }: SeenAnswer, why: string): SeenAnswer {
  return {
    body: why,
    ...defined({ address, requestId }),
  };
}
