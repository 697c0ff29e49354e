import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import {
  anybody,
  begin,
  clock,
  copy,
  copyFacts,
  deploy,
  deployments,
  github,
  judge,
  key,
  ledgerWith,
  newKey,
  target,
  token,
} from '../../support/forgers.ts';
import { ask } from '../../support/github-client.ts';

const [, c1 = '', c2 = '', c3 = ''] = demoCommits;
const names = ['v1', 'v2', 'v3'] as const;
const commits = { v1: c1, v2: c2, v3: c3 } as const;
type Name = (typeof names)[number];
type Word = 'pass' | 'fail';

/** What is written, one after the other. Ours alone counts; everything else is anybody's. */
type Step =
  | { readonly does: 'judge'; readonly on: Name; readonly verdict: Word; readonly times: number }
  | { readonly does: 'forge'; readonly on: Name; readonly verdict: Word; readonly signs: boolean }
  | { readonly does: 'forge a record'; readonly on: Name; readonly verdict: Word }
  | { readonly does: 'copy a record'; readonly on: Name; readonly facts: Name }
  | { readonly does: 'post again'; readonly on: Name }
  | { readonly does: 'damage'; readonly on: Name; readonly text: string }
  | { readonly does: 'a record of nonsense'; readonly payload: string }
  | { readonly does: 'rotate the key' };

const name = fc.constantFrom(...names);
const verdict = fc.constantFrom('pass' as const, 'fail' as const);
const does = <const T extends string>(what: T) => fc.constant(what);
/** Read by the hundred: more of them than one page. */
const times = fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(120) });
const damaged = [
  'belay/1 verdict',
  'belay/1 verdict maybe',
  'belay/2 verdict pass',
  'belay/1 ~ pass',
  '',
  '🚨',
];
const nonsense = ['{"schema":1', 'null', '[]', '{"schema":9}', `${'['.repeat(9_000)}${']'.repeat(9_000)}`];
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: does('judge'), on: name, verdict, times }) },
  { weight: 2, arbitrary: fc.record({ does: does('forge'), on: name, verdict, signs: fc.boolean() }) },
  fc.record({ does: does('forge a record'), on: name, verdict }),
  fc.record({ does: does('copy a record'), on: name, facts: name }),
  { weight: 4, arbitrary: fc.record({ does: does('post again'), on: name }) },
  fc.record({ does: does('damage'), on: name, text: fc.constantFrom(...damaged) }),
  fc.record({ does: does('a record of nonsense'), payload: fc.constantFrom(...nonsense) }),
  fc.record({ does: does('rotate the key') }),
);

describe('random histories of one ledger that anybody may write to', () => {
  let tally: Record<string, number>;
  beforeEach(() => {
    tally = {};
  });

  it('a rollback takes what the signed words name, whatever else was written', async () => {
    const first = fc.constantFrom('pass', 'fail', undefined);
    await fc.assert(
      fc
        .asyncProperty(fc.tuple(first, first), fc.array(step, { maxLength: 10 }), async (begun, steps) => {
          const words: Partial<Record<Name, Word>> = {};
          const ids = {} as Record<Name, string>;
          let keys: readonly string[] = [key];
          for (const [at, one] of names.entries()) {
            const word = begun[at];
            ids[one] = await deploy(ledgerWith(...keys), one, {
              commit: commits[one],
              ...(word !== undefined && { verdict: word }),
            });
            if (word !== undefined) words[one] = word;
            clock.advance(10_000);
          }
          for (const one of steps) {
            tally[one.does] = (tally[one.does] ?? 0) + 1;
            switch (one.does) {
              case 'judge':
                for (let time = 0; time < one.times; time += 1) {
                  await judge(ledgerWith(...keys), ids[one.on], one.verdict);
                  clock.advance(2_000);
                }
                words[one.on] = one.verdict;
                break;
              case 'forge':
                await judge(
                  one.signs ? ledgerWith('a key of somebody else') : anybody(),
                  ids[one.on],
                  one.verdict,
                );
                break;
              case 'forge a record':
                await deploy(anybody(), one.on, { commit: commits[one.on], verdict: one.verdict });
                break;
              case 'copy a record':
                await copy(ids[one.on], { facts: ids[one.facts] });
                break;
              case 'post again':
                // The first word on it, which a later one of ours may have overruled.
                await copyFacts(ids[one.on], ids[one.on], (_, at) => at === 2);
                break;
              case 'damage':
                await ask(github, `POST ${deployments}/${ids[one.on]}/statuses`, {
                  token,
                  body: { state: 'success', description: one.text },
                });
                break;
              case 'a record of nonsense':
                await ask(github, `POST ${deployments}`, {
                  token,
                  body: {
                    ref: c1,
                    task: 'belay:deploy',
                    environment: 'production',
                    payload: one.payload,
                    auto_merge: false,
                    required_contexts: [],
                  },
                });
                break;
              case 'rotate the key':
                keys = [newKey, key];
            }
            clock.advance(10_000);
          }
          const expected = (['v2', 'v1'] as const).find((one) => words[one] === 'pass');
          expect((await target(ledgerWith(...keys))).takes).toBe(expected);
        })
        .beforeEach(begin),
      { numRuns: 400, seed: 20_261_129 },
    );
    process.stdout.write(`random forgeries: ${JSON.stringify(tally)}\n`);
    for (const [, count] of Object.entries(tally)) expect(count).toBeGreaterThanOrEqual(20);
    expect(Object.keys(tally)).toHaveLength(8);
  }, 60_000);
});
