import type { Redactor } from '../../io/redactor.ts';
import { isHiddenField, notShown, withoutHiddenFields } from '../../text/hidden-fields.ts';
import { withoutHidden } from '../../text/hidden-query.ts';
import type { Source } from '../assertion.ts';
import { isSecretHeader } from '../exchange/hop.ts';
import type { AssertionResult } from './evaluate.ts';
import type { Reading } from './values.ts';
import type { Hiding } from './wording.ts';
import { valueText } from './wording.ts';

/** What of an answer may be shown. */
export interface Showing {
  readonly redactor: Redactor;
  /** Names whose values addresses do not show, beside those that never are. */
  readonly redactQuery: readonly string[];
  /** Nothing that is read of it may be shown: why. */
  readonly unshown: string | undefined;
}

/** What came instead: of several items how many hold, and the first that does not. Not cut, and masked only in part. */
export function actualText(
  { actual, tally }: Extract<AssertionResult, { kind: 'broken' }>,
  reading: Reading,
  source: Source,
  showing: Showing,
): string {
  const { redactor, redactQuery, unshown } = showing;
  if (unshown !== undefined && reading.kind !== 'missing' && !isOfTheExchange(source)) return unshown;
  const hiding = hidingOf(source, redactQuery);
  const shown = (value: unknown) =>
    isCredential(source, redactQuery)
      ? '[a credential, not shown]'
      : valueText(value, source, redactor, hiding);
  if (actual !== undefined) return hiding.text(actual);
  if (tally === undefined) return foundText(reading, shown);
  const first = tally.first.actual === undefined ? shown(tally.first.value) : hiding.text(tally.first.actual);
  return tally.of === 1 ? first : `${tally.holding} of ${tally.of} hold, the first that does not: ${first}`;
}

function foundText(reading: Reading, shown: (value: unknown) => string): string {
  if (reading.kind === 'missing') return reading.note ?? 'not found';
  return reading.kind === 'found' ? shown(reading.value) : 'not found';
}

/** What is known of an exchange without reading what the other side said. */
function isOfTheExchange({ name }: Source): boolean {
  return ofTheExchange.includes(name);
}

const ofTheExchange: readonly string[] = [
  'status',
  'http-version',
  'duration',
  'dns',
  'connect',
  'tls',
  'first-byte',
  'download',
  'total',
  'ip',
  'certificate',
  'exit-code',
];

const ofAddresses: readonly string[] = ['header', 'url', 'redirects'];

/** No report shows more of a text. Characters. */
const lookedAt = 65_536;

function hidingOf({ name }: Source, listed: readonly string[]): Hiding {
  const holdsAddresses = ofAddresses.includes(name);
  return {
    text: (text) => {
      const shown = withoutHiddenFields(text.slice(0, lookedAt), listed);
      return holdsAddresses ? withoutHidden(shown, listed) : shown;
    },
    field: (field) => (isHiddenField(field, listed) ? notShown : undefined),
  };
}

/** A cookie's attributes are not secret, its value is; what a query finds is called by its last name. */
function isCredential({ name, argument = '' }: Source, listed: readonly string[]): boolean {
  if (name === 'header') return isSecretHeader(argument);
  if (name === 'jsonpath') return isHiddenField(lastName(argument), listed);
  return name === 'cookie' && !argument.endsWith(']');
}

/** `c` of `$.a.b.c`, `$['a']["c"]` and `$..c[*]`. */
function lastName(query: string): string {
  return /([\w-]+)['"]?\]?(?:\[[\d:*]*\])*$/.exec(query)?.[1] ?? '';
}
