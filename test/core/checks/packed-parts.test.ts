// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { packed, unpacked } from '../../../packages/core/src/checks/cage/packed-parts.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { openProber } from '../../../packages/core/src/checks/run/open-prober.ts';
import type { PartFacts } from '../../../packages/core/src/checks/run/prober.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';

const check = (name: string, more = '') => `  - { name: ${name}, http: /, expect: { status: 200 }${more} }\n`;
const text = `target: https://shop.example
watch: { for: 1m }
window: { successes: 2 }
checks:
${check('a')}${check('b', ', retry: { attempts: 2 }')}${check('c', ', if: "${sha} == y"')}scenarios:
  - name: s
    window: { successes: 3 }
    steps:
    ${check('d')}    ${check('e')}`;

async function partsOf(file: string): Promise<readonly PartFacts[]> {
  const values = {
    variables: { sha: 'x' },
    secrets: {},
    redactor: new Redactor([]),
    build: undefined,
    only: undefined,
  };
  const { parts } = await openProber(await loadChecks(file, { root: '.' }), values, {
    proxyEnv: {},
  } as never);
  return parts;
}

/** What a message does to it. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value));
/** Where a watch stands in its file is for who reads it. */
const unplaced = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (key, one) => (key === 'origin' ? undefined : one)));

describe('the parts of a run', () => {
  it('are the same after the way from one process to the other', async () => {
    const parts = await partsOf(text);
    expect(unplaced(unpacked(sent(packed(parts))))).toEqual(unplaced(parts));
  });

  it('share then what they shared before', async () => {
    const parts = unpacked(sent(packed(await partsOf(text))));
    const [a, b] = parts.flatMap((part) => (part.kind === 'check' ? [part.subject] : []));
    expect(a?.document).toBe(b?.document);
    expect(a?.check.window).toBe(b?.check.window);
    expect(a?.check.retry).not.toBe(b?.check.retry);
  });

  it('say what thousands have in common once', async () => {
    const many = `target: https://shop.example\nchecks:\n${Array.from({ length: 1000 }, (_, at) => check(`check ${at}`)).join('')}`;
    const { shared, parts } = packed(await partsOf(many));
    expect([shared.length, parts.length]).toEqual([3, 1000]);
  });
});
