import type { Extraction, Filter, Source } from '../assertion.ts';
import type { Filtered } from './filters.ts';
import { filterRules } from './filters.ts';
import type { Filtering } from './judging.ts';
import { isTooDeep, tooDeep } from './nesting.ts';
import type { Reading } from './values.ts';

type Found = Extract<Reading, { kind: 'found' }>;

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

/** Filters that are about the list of all that a query matched; every other one is put on each of them. */
const ofTheList: readonly string[] = ['count', 'first', 'last', 'nth'];

async function applied({ name, argument }: Filter, reading: Found, filtering: Filtering): Promise<Filtered> {
  const { value, nodes, nodesAre } = reading;
  const rule = filterRules[name];
  if (rule === undefined) return { kind: 'invalid', why: 'there is no such filter' };
  if (nodes === undefined) return rule.apply(value, argument, filtering);
  if (ofTheList.includes(name)) return rule.apply(nodes, argument, filtering);
  if (nodesAre === 'lines') return rule.apply(value, argument, filtering);
  return onEach(nodes, (node) => rule.apply(node, argument, filtering));
}

/** One of several that a filter cannot read makes all of them unreadable: it must not get lost. */
async function onEach(
  nodes: readonly unknown[],
  apply: (node: unknown) => Filtered | Promise<Filtered>,
): Promise<Filtered> {
  const values: unknown[] = [];
  let lacking: Extract<Filtered, { kind: 'nothing' }> | undefined;
  let lacks = 0;
  for (const node of nodes) {
    const filtered = await apply(node);
    if (filtered.kind === 'value') values.push(...(filtered.nodes ?? [filtered.value]));
    else if (filtered.kind !== 'nothing') return filtered;
    else if (filtered.nodes === undefined) {
      lacking ??= filtered;
      lacks += 1;
    }
  }
  if (lacking === undefined || lacks === nodes.length) return severalValues(values, lacking?.why);
  return { kind: 'unfit', why: `${lacking.why}, in ${lacks} of ${nodes.length}` };
}

function severalValues(values: readonly unknown[], why = 'the query matches nothing'): Filtered {
  return values.length === 0
    ? { kind: 'nothing', why, nodes: [] }
    : { kind: 'value', value: values, nodes: values };
}

function readingOf(filtered: Filtered, filter: Filter): Reading {
  if (filtered.kind === 'value') {
    const { value, nodes } = filtered;
    return { kind: 'found', value, ...(nodes && { nodes }) };
  }
  const said = `\`${filterText(filter)}\`: ${filtered.why}`;
  switch (filtered.kind) {
    case 'nothing':
      return {
        kind: 'missing',
        note: `not found by ${said}`,
        ...(filtered.nodes && { nodes: filtered.nodes }),
      };
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
