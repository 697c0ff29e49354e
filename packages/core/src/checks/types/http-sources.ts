import { nearest } from '../../nearest.ts';
import { certificateValues } from '../exchange/certificate.ts';
import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import { quoted } from '../parse/fields.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import { anyValue, durationSource, textSource } from '../parse/source-grammar.ts';
import { cookieParts } from './http-readings.ts';

/** What an http answer can be asked for. The phases are the time from the start of the attempt to the end of each, as curl has them. */
export const httpSources: SourceGrammars = {
  status: { keyed: false, value: statusValue },
  'http-version': { keyed: false, value: versionValue },
  url: textSource,
  redirects: anyValue,
  header: {
    keyed: true,
    example: 'content-type: { contains: text/html }',
    argument: (name) => name.toLowerCase(),
  },
  cookie: { keyed: true, example: '"session[HttpOnly]": { exists: true }', wrongArgument: wrongCookie },
  body: textSource,
  bytes: { keyed: false, views: ['raw'] },
  jsonpath: { keyed: true, example: '$.status: ok' },
  json: anyValue,
  schema: { keyed: false, shorthand: { source: 'json', predicate: 'schema' } },
  sha256: { keyed: false, value: hashValue },
  duration: durationSource,
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
  if (typeof at.value === 'number' && Number.isInteger(at.value)) return at.value;
  if (typeof at.value === 'string' && /^\d{3}-\d{3}$|\$\{/.test(at.value)) return at.value;
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

function hashValue(at: Cursor): unknown {
  if (typeof at.value === 'string' && /^[0-9a-f]{64}$|\$\{/i.test(at.value)) return at.value.toLowerCase();
  return at.fail(`\`${at.key}\` takes 64 hex digits, not ${shown(at.value)}.`);
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
