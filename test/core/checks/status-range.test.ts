// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';

/** What is said of a check of that type with `status` so. */
async function said(status: string, type = 'http: /'): Promise<readonly string[]> {
  const text = `- name: a\n  ${type}\n  expect: { status: ${status}, header: { a: b } }`;
  const failure = await loadChecks(text, { root: '.' }).then(
    () => undefined,
    (error: ActionFailure) => error,
  );
  return failure?.details ?? [];
}

describe('a status that no answer has is refused when the file is read', () => {
  it.each([
    ['600', '3:21', '600'],
    ['99', '3:21', '99'],
    ['0', '3:21', '0'],
    ['2000', '3:21', '2000'],
    ['200-600', '3:21', '"200-600"'],
    ['099-200', '3:21', '"099-200"'],
    ['{ not-equals: 600 }', '3:35', '600'],
    ['{ in: [200, 700] }', '3:33', '700'],
    ['{ not-in: [500-699] }', '3:32', '"500-699"'],
  ])('%s', async (status, place, shown) => {
    expect(await said(status)).toEqual([
      `checks:${place}: A status is from 100 to 599: no answer has ${shown}.`,
    ]);
  });

  it('of a websocket too', async () => {
    expect(await said('600', 'websocket: ws://127.0.0.1/')).toEqual([
      'checks:3:21: A status is from 100 to 599: no answer has 600.',
    ]);
  });

  it('and so is a range that holds none', async () => {
    expect(await said('{ in: [299-200] }')).toEqual([
      'checks:3:28: The range "299-200" holds no status: its first number is the larger one.',
    ]);
  });

  it.each([
    '100',
    '599',
    '100-599',
    '{ in: [204, 300-304] }',
    '{ lt: 600 }',
    '{ gt: 99 }',
    '{ between: [0, 600] }',
    '{ not-gte: 600 }',
    '"${status}"',
    '{ exists: true }',
  ])('but not %s', async (status) => {
    expect(await said(status)).toEqual([]);
  });
});
