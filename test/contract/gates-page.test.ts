import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasons } from '#core';
import { gates } from '../../packages/core/src/gates/gates.ts';
import { root } from '../../scripts/root.ts';

const page = readFileSync(join(root, 'docs', 'how-it-works.md'), 'utf8');
const [, section = ''] = page.split(/^## The gates$/m);

/** What each gate stops and what passes it, as the page says. */
const rows = new Map(
  [...section.matchAll(/^\| `([\w-]+)` \| (.*) \| (.*) \|$/gm)].map(
    ([, gate = '', stops = '', passes = '']) => [gate, { stops, passes }],
  ),
);

/** A sentence inside another one. */
const within = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');

describe('the page of the gates', () => {
  it('has every gate of a rollout, and those that are asked before there is one', () => {
    const before = ['fork', 'outdated', 'not-our-app'];
    expect([...rows.keys()]).toEqual([...gates.map(({ name }) => name), ...before]);
  });

  it.each(gates.map(({ name, forcible }) => ({ name, forcible })))(
    'says whether `force` passes $name: $forcible',
    ({ name, forcible }) => {
      expect(rows.get(name)?.passes.includes(`\`force: ${name}\``)).toBe(forcible);
    },
  );

  it.each(['outdated', 'not-our-app'] as const)('says of %s what the step that it stops says', (name) => {
    const { meaning, advice } = reasons[name];
    expect(rows.get(name)).toEqual({
      stops: `a review app’s run: ${within(meaning)}`,
      passes: `nothing: ${within(advice)}`,
    });
  });
});
