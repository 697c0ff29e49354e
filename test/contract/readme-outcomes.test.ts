import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commonEndings, type Ending } from '#core';
import { endings as deploying } from '../../actions/fly-deploy/src/reasons.ts';
import { endings as rollingBack } from '../../actions/rollback/src/reasons.ts';
import { endings as smokeTesting } from '../../actions/smoke-test/src/reasons.ts';
import type { Serving } from '../../packages/core/src/outcome/outcome.ts';
import {
  type ActionKind,
  type OutcomeGroup,
  outcomeGroup,
  outcomeGroups,
} from '../../packages/core/src/outcome/outcome-group.ts';
import { outcomeMeanings } from '../../scripts/docs/meanings.ts';
import { root } from '../../scripts/root.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8').replace(/ +\|/g, ' |');

/** A row of the table of groups. */
interface Row {
  readonly group: OutcomeGroup;
  readonly step: string;
  readonly needsAPerson: string;
  /** How a step ends, each as the page writes it: "`restored` of a rollback". */
  readonly told: readonly string[];
}

const rows: readonly Row[] = [
  ...readme.matchAll(/^\| .* \| (green|red) \| `(true|false)` \| (.*) \|$/gm),
].map(([, step = '', needsAPerson = '', cell = ''], at) => ({
  group: outcomeGroups[at] ?? 'fine',
  step,
  needsAPerson,
  told: cell.match(/`[a-z-]+(?:\/[a-z-]+)?`[^`;]*/g)?.map((one) => one.trim()) ?? [],
}));

interface Met {
  readonly kind: ActionKind;
  readonly outcome: Ending['outcome'];
  readonly reason: string;
  readonly serving: Serving;
}

/** What an outcome claims to serve. Of one that claims nothing what was seen decides, as the last row says. */
const usuallySeen: Partial<Record<Ending['outcome'], readonly Serving[]>> = {
  live: ['new'],
  unchanged: ['new'],
  rejected: ['old'],
  restored: ['old'],
  blocked: ['old'],
  cancelled: ['new', 'old', 'mixed', 'nothing'],
};

const kinds: readonly (readonly [ActionKind, readonly Ending[]])[] = [
  ['deploy', deploying],
  ['rollback', rollingBack],
  ['check', smokeTesting],
];
const met: readonly Met[] = kinds.flatMap(([kind, endings]) =>
  [...endings, ...commonEndings].flatMap((ending) =>
    (usuallySeen[ending.outcome] ?? ['unknown']).map((serving) => ({ kind, serving, ...ending })),
  ),
);

const isGreen = ({ kind, outcome }: Met) => {
  const { exit } = outcomeMeanings[outcome];
  return exit === '0' || (kind === 'rollback' && exit === '1; 0 for `rollback`');
};

/** What the page may say of an ending, the most particular first. */
function sayings({ kind, outcome, reason, serving }: Met): readonly string[] {
  const one = [`\`${outcome}/${reason}\``];
  if (kind === 'rollback') one.push(`\`${outcome}\` of a rollback`);
  if (outcome === 'cancelled')
    one.push(`\`cancelled\` ${serving === 'old' ? 'before anything was switched' : 'half-way'}`);
  return [...one, `\`${outcome}\``];
}

/** The group in which a reader finds an ending. */
function toldGroup(one: Met): OutcomeGroup | undefined {
  const named = (saying: string) => rows.find(({ told }) => told.includes(saying))?.group;
  const [particular = '', ...general] = sayings(one);
  return named(particular) ?? (isRedOfOthers(one) ? 'needs-a-person' : general.map(named).find(Boolean));
}

const ofOthers = 'A rollback or a smoke test that is red always needs a person.';
const isRedOfOthers = (one: Met) => one.kind !== 'deploy' && !isGreen(one);

const written = ({ kind, outcome, reason, serving }: Met) => `${kind}: ${outcome}/${reason}, ${serving}`;

describe('the README’s three groups', () => {
  it('are those of the actions, with what each sets', () => {
    expect(rows.map(({ group, step, needsAPerson }) => [group, step, needsAPerson])).toEqual([
      ['fine', 'green', 'false'],
      ['old-serves', 'red', 'false'],
      ['needs-a-person', 'red', 'true'],
    ]);
  });

  it('hold every ending of every action where its output puts it', () => {
    expect(readme).toContain(ofOthers);
    const found = met.map((one) => [written(one), toldGroup(one)]);
    const wanted = met.map((one) => [written(one), outcomeGroup(one.kind, { ...one, hadServed: true })]);
    expect(found).toEqual(wanted);
  });

  it('have one colour each', () => {
    const colours = rows.map(({ group, step }) => {
      const those = met.filter((one) => toldGroup(one) === group);
      return [step, new Set(those.map((one) => (isGreen(one) ? 'green' : 'red')))];
    });
    expect(colours).toEqual([
      ['green', new Set(['green'])],
      ['red', new Set(['red'])],
      ['red', new Set(['red'])],
    ]);
  });

  it('name nothing that no action ends with', () => {
    const all = new Set(met.flatMap(sayings));
    expect(rows.flatMap(({ told }) => told).filter((one) => !all.has(one))).toEqual([]);
  });
});
