import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadJsonPaths } from '../../../packages/core/src/checks/judge/jsonpath.ts';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { WebBody } from '../../../packages/core/src/checks/types/http-answer.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';

const shared = process.env.BELAY_SHARED ?? new URL('../../../../shared', import.meta.url).pathname;
const file = `${shared}/cases/jsonpath-cts.json`;
const present = existsSync(file);

/** The cases of the JSONPath compliance suite, RFC 9535. */
interface Case {
  readonly name: string;
  readonly selector: string;
  readonly document?: unknown;
  readonly result?: readonly unknown[];
  readonly results?: readonly (readonly unknown[])[];
  readonly invalid_selector?: boolean;
}

const cases: readonly Case[] = present ? JSON.parse(readFileSync(file, 'utf8')).tests : [];
const invalid = cases.filter((one) => one.invalid_selector === true);
const valid = cases.filter((one) => one.invalid_selector !== true);

const checkOf = ({ selector }: Case, index: number) => ({
  name: `case ${index}`,
  http: 'http://127.0.0.1/',
  expect: { all: [{ jsonpath: selector, exists: true }] },
});

describe.skipIf(!present)(
  `the jsonpath source by the RFC 9535 suite${present ? '' : ' (skipped: jsonpath-cts.json is not there)'}`,
  () => {
    it('takes every good query and refuses every bad one when the file is read', async () => {
      const load = (some: readonly Case[]) => loadChecks(JSON.stringify(some.map(checkOf)), { root: '.' });
      expect((await load(valid)).documents[0]?.checks.length).toBe(valid.length);
      // An empty one is no text at all, which another message says. A failure names two hundred problems at most.
      const refused: string[] = [];
      for (let from = 0; from < invalid.length; from += 100) {
        await load(invalid.slice(from, from + 100)).catch((failure: ActionFailure) => {
          refused.push(...(failure.details ?? []));
        });
      }
      const lines = invalid.map(({ selector }) =>
        selector === '' ? '`jsonpath` must be text here' : `${JSON.stringify(selector)} is not a JSONPath: `,
      );
      const unrefused = lines.filter((line) => !refused.some((detail) => detail.includes(line)));
      expect(unrefused).toEqual([]);
    });

    it('selects what the suite says, in its order', async () => {
      const patterns = new PatternThread();
      const context = {
        clock: systemClock,
        signal: new AbortController().signal,
        timeoutMs: 1000,
        connectTimeoutMs: 1000,
        proxies: {},
        jsonPaths: await loadJsonPaths(),
        patterns,
        env: {},
        tools: undefined,
        judging: <T>(work: () => Promise<T>) => work(),
        platformHealth: undefined,
      };
      const wrong = valid.flatMap(({ name, selector, document, result, results }) => {
        const raw = Buffer.from(JSON.stringify(document));
        const reading = new WebBody(raw, { headers: {}, raw }).query(selector, context);
        const nodes = reading.kind === 'found' ? (reading.nodes ?? [reading.value]) : [];
        const good = reading.kind === 'found' || reading.kind === 'missing';
        const expected = results ?? [result ?? []];
        return good && expected.some((one) => isDeepStrictEqual(one, nodes))
          ? []
          : [{ name, selector, reading }];
      });
      expect(wrong).toEqual([]);
      expect(cases.length).toBe(703);
    });
  },
);
