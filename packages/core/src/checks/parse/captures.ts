import type { Capture, Source } from '../check-file.ts';
import type { CheckType } from '../types/check-type.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { fields, quoted } from './fields.ts';
import { flag } from './scalars.ts';
import type { SourceGrammar, SourceGrammars } from './source-grammar.ts';
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
  const names = Object.keys(sources);
  const given = fields(at, { what: 'a capture', keys: [...names, 'redact'] });
  if (given === undefined) return undefined;
  const [first, ...others] = names.filter((one) => given.has(one));
  const grammar = first === undefined ? undefined : sources[first];
  if (first === undefined || grammar === undefined || others.length > 0)
    return at.fail(`A capture reads one of ${names.join(', ')}.`);
  const source = given.read(first, (one) => sourceAt(one, first, grammar));
  if (source === undefined) return undefined;
  return { name, source, redact: given.read('redact', flag) ?? false, origin: at };
}

/** A keyed source names its argument, any other says `true`. */
function sourceAt(at: Cursor, name: string, grammar: SourceGrammar): Source | undefined {
  const { value } = at;
  if (!grammar.keyed) {
    if (value === true) return { name, argument: undefined };
    return at.fail(`\`${name}\` must be true here: it is captured whole. Not ${shown(value)}.`);
  }
  if (typeof value !== 'string' || value === '')
    return at.fail(`\`${name}\` must say what to read, as in { ${grammar.example} }, not ${shown(value)}.`);
  return { name, argument: grammar.argument?.(value) ?? value };
}
