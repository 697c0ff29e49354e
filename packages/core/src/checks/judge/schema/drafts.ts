import { ownValue } from '../../../text/own-value.ts';
import { quoted } from './json.ts';

/** The drafts of JSON Schema that are known. */
export type Draft = '2020-12' | 'draft-07';

const drafts: Readonly<Record<string, Draft>> = {
  'https://json-schema.org/draft/2020-12/schema': '2020-12',
  'http://json-schema.org/draft-07/schema': 'draft-07',
};

/** The draft that a `$schema` names; 2020-12 without one, undefined for one that is not known. */
export function draftOf(named: unknown): Draft | undefined {
  return named === undefined ? '2020-12' : ownValue(drafts, String(named).replace(/#$/, ''));
}

export function unknownDraft(named: unknown): string {
  return `\`$schema\` is ${quoted(named)}; 2020-12 and draft-07 are known`;
}
