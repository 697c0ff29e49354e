import type { Capture } from '../check-file.ts';
import type { CheckType } from '../types/check-type.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { readExtraction } from './extractions.ts';
import { quoted } from './fields.ts';
import { flag } from './scalars.ts';
import type { SourceGrammars } from './source-grammar.ts';
import { legalName } from './variables.ts';

/** What the steps of a scenario may assert beside the sources of their type: a value captured before. */
export const capturedSource: SourceGrammars = {
  capture: { keyed: true, example: 'token: { exists: true }' },
};

/** `capture: { token: { jsonpath: $.token, redact: true } }`. */
export function readCaptures(at: Cursor, type: CheckType): Capture[] | undefined {
  if (!isMapping(at.value)) {
    return at.fail(
      `\`capture\` must be a mapping such as { token: { jsonpath: $.token } }, not ${shown(at.value)}.`,
    );
  }
  return Object.entries(at.value).flatMap(([name, value]) => {
    const capture = readCapture(at.child(name, value), name, type.sources);
    return capture === undefined ? [] : [capture];
  });
}

function readCapture(at: Cursor, name: string, sources: SourceGrammars): Capture | undefined {
  if (!legalName.test(name))
    return at.fail(`${quoted(name)} is not a variable name: letters, digits, _ and -.`, 'key');
  const redact =
    isMapping(at.value) && Object.hasOwn(at.value, 'redact')
      ? at.child('redact', at.value.redact)
      : undefined;
  const extraction = readExtraction(at, { sources, others: ['redact'] });
  return extraction && { ...extraction, name, redact: (redact && flag(redact)) ?? false, origin: at };
}
