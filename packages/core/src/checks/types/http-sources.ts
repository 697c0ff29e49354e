import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import { anyValue, durationSource, textSource } from '../parse/source-grammar.ts';

/** What an http answer can be asked for. */
export const httpSources: SourceGrammars = {
  status: { keyed: false, value: statusValue },
  header: {
    keyed: true,
    example: 'content-type: { contains: text/html }',
    argument: (name) => name.toLowerCase(),
  },
  body: textSource,
  jsonpath: { keyed: true, example: '$.status: ok' },
  json: anyValue,
  schema: { keyed: false, shorthand: { source: 'json', predicate: 'schema' } },
  duration: durationSource,
};

function statusValue(at: Cursor): unknown {
  if (typeof at.value === 'number' && Number.isInteger(at.value)) return at.value;
  if (typeof at.value === 'string' && /^\d{3}-\d{3}$|\$\{/.test(at.value)) return at.value;
  return at.fail(
    `A status is a number such as 200, or a range such as 200-299 in \`in\`, not ${shown(at.value)}.`,
  );
}
