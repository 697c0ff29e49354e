import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commonKeys, typeNames } from '../../packages/core/src/checks/parse/check.ts';
import { filterNames, isFilter } from '../../packages/core/src/checks/parse/filters.ts';
import { predicateNamed } from '../../packages/core/src/checks/parse/predicate-names.ts';
import { checkTypes, loadTypes } from '../../packages/core/src/checks/types/index.ts';
import { measures } from '../../packages/core/src/ledger/measures.ts';
import { checksJson } from '../../packages/core/src/report/checks-json.ts';
import { checkFileSchema } from '../../scripts/schema/check-file.ts';
import { badFiles, goodFiles } from '../support/check-files.ts';
import { bad, good, report } from '../support/checks-report.ts';
import { compiledSchema, parserProblems, schemaProblems } from '../support/checks-schema.ts';

describe('the schema of check files', () => {
  const validate = compiledSchema('checks.schema.json');

  it.each(Object.entries(goodFiles))('and the parser both accept %s', async (_, text) => {
    expect(schemaProblems(validate, parse(text))).toEqual([]);
    expect(await parserProblems(text)).toEqual([]);
  });

  it.each(Object.entries(badFiles))('and the parser both refuse %s', async (name, text) => {
    expect(schemaProblems(validate, parse(text))).not.toEqual([]);
    // Inline text, as it is read here, may leave its version out.
    if (name !== 'no version') expect(await parserProblems(text)).not.toEqual([]);
  });
});

describe('the words of the schema', async () => {
  const { $defs } = checkFileSchema as {
    $defs: Record<string, { properties: object; patternProperties?: object }>;
  };
  const words = (name: string) => Object.keys($defs[name]?.properties ?? {}).sort();

  await loadTypes();

  it.each(checkTypes.map(({ name, sources }) => [name, sources] as const))(
    'that `expect` of %s takes are those the parser reads',
    (name, sources) => {
      const read = [...Object.keys(sources), ...measures, 'capture', 'all'];
      // A command in a machine is asked other things than the machines.
      const known = new Set([...words(`${name}-expect`), ...words(`${name}-exec-expect`)]);
      expect([...known].sort()).toEqual([...new Set(read)].sort());
    },
  );

  it('of conditions are those the parser reads, with the one that every object has by birth', () => {
    const { properties = {}, patternProperties = {} } = $defs.predicates ?? {};
    const all = [...Object.keys(properties), 'toString'];
    expect(Object.keys(patternProperties)).toEqual(['^not ', '^toString$']);
    expect(all.filter((word) => !isFilter(word, true) && predicateNamed(word) === undefined)).toEqual([]);
    expect(filterNames.filter((word) => !all.includes(word))).toEqual([]);
  });

  it('of a check and its types are those the parser reads', () => {
    expect(words('check')).toEqual([...commonKeys, 'expect', ...typeNames].sort());
  });
});

describe('the schema of results', () => {
  const validate = compiledSchema('smoke-result.schema.json');
  const latency = { samples: 2, lost: 0, values: [1.5, 2], warmup: [9], p50: 1.5, max: 2, mean: 1.8 };
  const watch = { good: 40, bad: 0, errors: 0, late: 1 };
  const warnings = [{ message: 'slow', where: { line: 1, column: 1 } }];

  it.each([
    ['a usual report', report],
    ['a report of a watch', { ...report, watch: { forMs: 600_000, lastedMs: 30_000, ended: 'cut-short' } }],
    [
      'a report of samples and warnings',
      { ...report, results: [{ ...good, latency, warnings, scenario: 's', watch, cause: 'why' }] },
    ],
    [
      'a report of a check that was skipped',
      { ...report, results: [{ ...bad, outcome: 'skipped', attempts: [] }] },
    ],
  ] as const)('describes %s', (_, one) => {
    expect(schemaProblems(validate, JSON.parse(checksJson(one as typeof report)))).toEqual([]);
  });

  it('refuses an outcome that there is not', () => {
    expect(schemaProblems(validate, { ...JSON.parse(checksJson(report)), outcome: 'maybe' })).toEqual([
      '/outcome must be equal to one of the allowed values',
    ]);
  });
});
