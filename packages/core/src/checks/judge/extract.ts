import type { Extraction, Filter, Source } from '../check-file.ts';
import type { Filtered } from './filters.ts';
import { filterRules } from './filters.ts';
import type { Filtering } from './judging.ts';
import { isTooDeep, tooDeep } from './nesting.ts';
import type { Reading } from './values.ts';

/** Reads one source of an answer. */
export type Read = (source: Source) => Reading;

/** The value that is meant: what the source yields, put through the filters. A filter that cannot is named in the reading. */
export function extract(
  { source, filters }: Extraction,
  read: Read,
  filtering: Filtering,
): Reading | Promise<Reading> {
  const reading = shallow(read(source));
  return filters.length === 0 ? reading : throughFilters(reading, filters, filtering);
}

async function throughFilters(
  first: Reading,
  filters: readonly Filter[],
  filtering: Filtering,
): Promise<Reading> {
  let reading = first;
  for (const filter of filters) {
    // As the predicate does: of something missing there are none.
    if (reading.kind === 'missing' && filter.name === 'count') reading = { kind: 'found', value: 0 };
    else if (reading.kind !== 'found') return reading;
    else reading = readingOf(await applied(filter, reading, filtering), filter);
  }
  return reading;
}

/** What goes deeper than anything here can follow is the service's failure, and not an end of this process. */
function shallow(reading: Reading): Reading {
  if (reading.kind !== 'found') return reading;
  return isTooDeep(reading.value) ? { kind: 'unreadable', actual: tooDeep } : reading;
}

/** A query that may match several stands for the list of all it matched. */
async function applied(
  { name, argument }: Filter,
  { value, nodes }: Extract<Reading, { kind: 'found' }>,
  filtering: Filtering,
): Promise<Filtered> {
  const overNodes = nodes !== undefined && ['count', 'first', 'last', 'nth'].includes(name);
  const rule = filterRules[name];
  if (rule === undefined) return { kind: 'invalid', why: 'there is no such filter' };
  return rule.apply(overNodes ? nodes : value, argument, filtering);
}

function readingOf(filtered: Filtered, filter: Filter): Reading {
  if (filtered.kind === 'value') return { kind: 'found', value: filtered.value };
  const said = `\`${filterText(filter)}\`: ${filtered.why}`;
  switch (filtered.kind) {
    case 'nothing':
      return { kind: 'missing', note: `not found by ${said}` };
    case 'unfit':
      return { kind: 'unreadable', actual: `not readable by ${said}` };
    case 'invalid':
      return { kind: 'invalid', why: `not readable by ${said}` };
  }
}

/** `split ","`, `first`. */
export function filterText({ name, argument }: Filter): string {
  return argument === true ? name : `${name} ${JSON.stringify(argument)}`;
}
