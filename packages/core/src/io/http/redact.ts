import { startOf } from '../../text/cut.ts';

/** Takes secrets out of text that will be printed. */
export type Redact = (text: string) => string;

const secretParameter = /token|key|secret|pass|sig|auth|cred|session|jwt/i;
const secretHeaders = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'];

/** `https://u:p@host/a?token=x&page=2` becomes `https://***@host/a?token=***&page=2`. */
export function redactUrl(url: string): string {
  const withoutUser = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1***@');
  return withoutUser.replace(/([?&])([^=&#]*)=([^&#]*)/g, (whole, mark, name) =>
    secretParameter.test(name) ? `${mark}${name}=***` : whole,
  );
}

/** `redact`, and without what the request itself carried: a server may echo the headers it got. */
export function redactorFor(headers: Readonly<Record<string, string>>, redact: Redact): Redact {
  const values = Object.entries(headers)
    .filter(([name]) => secretHeaders.includes(name.toLowerCase()))
    .flatMap(([, value]) => [value, value.slice(value.indexOf(' ') + 1)])
    .filter((value) => value.length >= 4);
  return (text) => values.reduce((shown, value) => shown.replaceAll(value, '***'), redact(text));
}

const longestExcerpt = 300;

/** The start of a body for an error message: one line, HTML reduced to what a reader would see. */
export function excerpt(body: string, redact: Redact): string {
  // A body may be megabytes; what follows the first 64 KiB is never shown.
  const start = startOf(body, 65_536);
  const text = redact(/^\s*<(!doctype|html|head|body)/i.test(start) ? htmlText(start) : start);
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= longestExcerpt ? line : `${line.slice(0, longestExcerpt - 1)}…`;
}

function htmlText(html: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1]?.trim();
  if (title) return title;
  return html.replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ').replace(/<[^>]*>/g, ' ');
}
