import { nearest } from '../../../text/nearest.ts';
import { quoted } from './json.ts';

/** The formats that are asserted. */
export const assertedFormats = [
  ...['date-time', 'date', 'time', 'duration', 'email', 'idn-email', 'hostname', 'idn-hostname'],
  ...['ipv4', 'ipv6', 'uri', 'uri-reference', 'uri-template', 'iri', 'iri-reference', 'uuid'],
  ...['json-pointer', 'relative-json-pointer', 'regex'],
] as const;

export type AssertedFormat = (typeof assertedFormats)[number];

/** Those of OpenAPI that tell programs how to keep a value, or people what it is. */
const annotating: readonly string[] = [
  ...['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'double-int'],
  ...['float', 'double', 'decimal', 'decimal128', 'byte', 'binary', 'password', 'commonmark', 'html'],
];

export function isAsserted(format: unknown): format is AssertedFormat {
  return (assertedFormats as readonly unknown[]).includes(format);
}

/** What is wrong with a format: undefined for one that is asserted or only annotates. */
export function formatProblem(format: string): string | undefined {
  if (isAsserted(format) || annotating.includes(format)) return undefined;
  const meant =
    format === 'url'
      ? 'uri'
      : format.length > 40
        ? undefined
        : nearest(format, [...assertedFormats, ...annotating]);
  const hint = meant === undefined ? `Known: ${assertedFormats.join(', ')}` : `Did you mean \`${meant}\`?`;
  return `${quoted(format)} is no known format. ${hint}`;
}
