import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadChecks } from '#core';
import { checksJson } from '../../packages/core/src/report/checks-json.ts';
import { root } from '../../scripts/root.ts';
import { badFiles, goodFiles } from '../support/check-files.ts';
import { bad, good, report } from '../support/checks-report.ts';

// The package is CommonJS whose types promise a default export that Node hands over one level deeper.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

// Otherwise every object has the `toString` of all objects, which is a filter too.
const schemas = new Ajv2020({ strict: false, allErrors: true, ownProperties: true });
addFormats(schemas);

const compiled = (file: string) =>
  schemas.compile(JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')));

const problemsBy = (validate: ReturnType<typeof compiled>, value: unknown): string[] =>
  validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

describe('the schema of check files', () => {
  const validate = compiled('checks.schema.json');

  /** What the parser says; undefined of words it is still to learn. */
  async function parserProblems(text: string): Promise<readonly string[] | undefined> {
    const lines = await loadChecks(text, { root }).then(
      () => [],
      (error: { details: readonly string[] }) => error.details,
    );
    return lines.some((line) => line.includes('is not supported yet')) ? undefined : lines;
  }

  it.each(Object.entries(goodFiles))('and the parser both accept %s', async (_, text) => {
    expect(problemsBy(validate, parse(text))).toEqual([]);
    expect((await parserProblems(text)) ?? []).toEqual([]);
  });

  it.each(Object.entries(badFiles))('and the parser both refuse %s', async (name, text) => {
    expect(problemsBy(validate, parse(text))).not.toEqual([]);
    // Inline text, as it is read here, may leave its version out.
    if (name !== 'no version') expect(await parserProblems(text)).not.toEqual([]);
  });
});

describe('the schema of results', () => {
  const validate = compiled('smoke-result.schema.json');
  const latency = { samples: 2, lost: 0, values: [1.5, 2], warmup: [9], p50: 1.5, max: 2, mean: 1.8 };
  const warnings = [{ message: 'slow', where: { line: 1, column: 1 } }];

  it.each([
    ['a usual report', report],
    [
      'a report of samples and warnings',
      { ...report, results: [{ ...good, latency, warnings, scenario: 's' }] },
    ],
    [
      'a report of a check that was skipped',
      { ...report, results: [{ ...bad, outcome: 'skipped', attempts: [] }] },
    ],
  ] as const)('describes %s', (_, one) => {
    expect(problemsBy(validate, JSON.parse(checksJson(one as typeof report)))).toEqual([]);
  });

  it('refuses an outcome that there is not', () => {
    expect(problemsBy(validate, { ...JSON.parse(checksJson(report)), outcome: 'maybe' })).toEqual([
      '/outcome must be equal to one of the allowed values',
    ]);
  });
});
