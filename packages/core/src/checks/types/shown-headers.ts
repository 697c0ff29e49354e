import { notShown, withoutHiddenFields } from '../../text/hidden-fields.ts';
import { withoutHidden } from '../../text/hidden-query.ts';
import { isSecretHeader } from '../exchange/hop.ts';
import type { HeaderList } from '../exchange/message.ts';
import { parseSetCookie } from '../exchange/set-cookie.ts';

const mostHeaders = 100;

/** In the order they came. What is a credential by its name is not shown, nor what an address hides. */
export function shownHeaders(
  headers: HeaderList,
  redactQuery: readonly string[],
): readonly (readonly [name: string, value: string])[] {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, shownValue(name, one, redactQuery)] as const),
  );
  const more = lines.length - mostHeaders;
  return more > 0 ? [...lines.slice(0, mostHeaders), ['…', `${more} more`]] : lines;
}

/** A cookie's value is its secret; what else is said of it is what one looks for. */
function shownValue(name: string, value: string, redactQuery: readonly string[]): string {
  const shown = (text: string) => withoutHidden(withoutHiddenFields(text, redactQuery), redactQuery);
  if (name !== 'set-cookie') return isSecretHeader(name) ? notShown : shown(value);
  const cookie = parseSetCookie(value);
  if (cookie === undefined) return notShown;
  const attributes = value.split(';').slice(1);
  return [`${cookie.name}=${notShown}`, ...attributes.map((one) => shown(one.trim()))].join('; ');
}
