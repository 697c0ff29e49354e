import { nearest } from '../../text/nearest.ts';
import { certificateValues } from '../exchange/certificate.ts';
import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import { quoted } from '../parse/fields.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import { anyValue, bytesSource, durationSource, textSource, wholeDuration } from '../parse/source-grammar.ts';
import { numeric } from '../parse/template-operand.ts';
import { cookieParts } from './http-readings.ts';
import { neverAnswered } from './status-range.ts';

/** What an http answer can be asked for. The phases are the time from the start of the attempt to the end of each, as curl has them. */
export const httpSources: SourceGrammars = {
  status: { keyed: false, value: numeric(statusValue), gives: 'number', isOne: true },
  'http-version': { keyed: false, value: versionValue, gives: 'text', isOne: true },
  url: textSource,
  redirects: { ...anyValue, always: 'counted' },
  header: {
    keyed: true,
    example: 'content-type: { contains: text/html }',
    argument: (name) => name.toLowerCase(),
    gives: 'text',
  },
  cookie: { keyed: true, example: '"session[HttpOnly]": { exists: true }', wrongArgument: wrongCookie },
  body: textSource,
  bytes: bytesSource,
  jsonpath: { keyed: true, example: '$.status: ok' },
  json: anyValue,
  schema: { keyed: false, shorthand: { source: 'json', predicate: 'schema' } },
  sha256: { keyed: false, value: hashValue(64), gives: 'text', isOne: true },
  md5: { keyed: false, value: hashValue(32), gives: 'text', isOne: true },
  duration: wholeDuration,
  dns: durationSource,
  connect: durationSource,
  tls: durationSource,
  'first-byte': durationSource,
  download: durationSource,
  total: durationSource,
  ip: textSource,
  certificate: { keyed: true, example: 'days-left: { gte: 14 }', wrongArgument: wrongCertificatePart },
};

function statusValue(at: Cursor): unknown {
  const never = neverAnswered(at);
  if (never !== undefined) return at.fail(never);
  if (typeof at.value === 'number' && Number.isInteger(at.value)) return at.value;
  if (typeof at.value === 'string' && /^\d{3}-\d{3}$|\$\{/.test(at.value)) return at.value;
  const [, hundreds] = /^([1-5])xx$/i.exec(String(at.value)) ?? [];
  if (hundreds !== undefined)
    return at.fail(
      `A status is a number or a range. Write ${hundreds}00-${hundreds}99 for ${shown(at.value)}.`,
    );
  if (typeof at.value === 'string' && /^[1-5]\d\d$/.test(at.value))
    return at.fail(`A status is a number. Write ${at.value} without quotes, not ${shown(at.value)}.`);
  if (Array.isArray(at.value))
    return at.fail(`One of several is written { in: ${shown(at.value)} }, not ${shown(at.value)}.`);
  return at.fail(
    `A status is a number such as 200, or a range such as 200-299 in \`in\`, not ${shown(at.value)}.`,
  );
}

/** YAML reads 1.0 as 1. */
function versionValue(at: Cursor): unknown {
  const version = String(at.value).replace(/^HTTP\//i, '');
  if (version === '1') return '1.0';
  if (['1.0', '1.1', '2'].includes(version)) return version;
  if (version === '3')
    return at.fail(
      'HTTP/3 is not spoken here. Assert that it is offered: `header: { alt-svc: { contains: h3 } }`.',
    );
  return at.fail(`An HTTP version is 1.0, 1.1 or 2, not ${shown(at.value)}.`);
}

function hashValue(digits: number): (at: Cursor) => unknown {
  return (at) => {
    const { value } = at;
    // A template keeps its case: it holds names.
    if (typeof value === 'string' && value.includes('${')) return value;
    if (typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/i.test(value))
      return value.toLowerCase();
    return at.fail(`\`${at.key}\` takes ${digits} hex digits, not ${shown(value)}.`);
  };
}

const cookieAttributes = [
  'Value',
  'Expires',
  'Max-Age',
  'Domain',
  'Path',
  'Secure',
  'HttpOnly',
  'SameSite',
  'Partitioned',
];

function wrongCookie(argument: string): string | undefined {
  const [, , attribute] = cookieParts(argument);
  const legal = cookieAttributes.map((one) => one.toLowerCase());
  if (attribute === undefined || legal.includes(attribute.toLowerCase())) return undefined;
  return `A cookie has no attribute ${quoted(attribute)}: ${cookieAttributes.join(', ')}.`;
}

const certificateParts = [...Object.keys(certificateValues), 'days-left', 'leaf-days-left'];

function wrongCertificatePart(argument: string): string | undefined {
  if (certificateParts.includes(argument)) return undefined;
  const meant = nearest(argument, certificateParts);
  const hint = meant === undefined ? `Legal: ${certificateParts.join(', ')}.` : `Did you mean \`${meant}\`?`;
  return `A certificate has no ${quoted(argument)} here. ${hint}`;
}
