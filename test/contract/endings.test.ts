import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { commonEndings, type Ending, switchingReasons } from '#core';
import { endings as deploying } from '../../actions/fly-deploy/src/reasons.ts';
import { endings as rollingBack } from '../../actions/rollback/src/reasons.ts';
import type { Transition } from '../../packages/core/src/rollout/events.ts';
import { play, timeoutMs } from '../support/model-platforms/run-model.ts';
import { type Script, type Style, scripts } from '../support/model-platforms/script.ts';
import * as e from '../support/rollout-events.ts';
import { sources } from '../support/sources.ts';

interface Subject {
  readonly action: string;
  readonly endings: readonly Ending[];
  readonly style: Style;
  /** Of the plans of this style, those the action makes. */
  readonly plan: Partial<Script['plan']>;
  /** What a restore of this action may say it cannot bring back. */
  readonly caveat?: string;
  /** A machine of the old release wakes after all has settled: no scripted platform does that. */
  readonly relapse: Transition;
  /** Of what Fly's client says, what this action never makes it do. */
  readonly neverSaid: readonly string[];
}

const { v1, v2, v3, one, mixed, looked } = e;

const subjects: readonly Subject[] = [
  {
    action: 'fly-deploy',
    endings: deploying,
    style: 'ships-and-activates',
    plan: {},
    caveat: 'The release command ran and is not undone.',
    relapse: e.after(e.shipping, [...e.ready, e.obtained(v3), e.settled, e.passes, looked(mixed(v2, v3))]),
    neverSaid: [],
  },
  {
    action: 'rollback',
    endings: rollingBack,
    style: 'rollback',
    plan: { onFailure: 'none', barrier: false },
    relapse: e.after(e.takingBack, [
      ...[e.observed(one(v3)), ...e.passageBack, e.obtained(v1), looked(one(v3))],
      ...[e.activated(v1), e.settled, e.passes, looked(mixed(v1, v3))],
    ]),
    // It builds on Railway alone, where an image is gone.
    neverSaid: ['release-command-failed', 'strategy-refused'],
  },
];

const written = ({ outcome, reason }: { outcome: string; reason: string }) => `${outcome}/${reason}`;

/** Every way scripted rollouts of this plan end, as `outcome/reason`. */
async function endsMet({ style, plan, caveat, relapse }: Subject): Promise<ReadonlySet<string>> {
  const all = new Set(relapse.state.at === 'ended' ? [written(relapse.state.verdict)] : []);
  const limits = [timeoutMs, timeoutMs, 60_000, 1_000];
  const samples = fc.sample(scripts(style), { numRuns: 2000, seed: 20_261_121 });
  for (const [index, script] of samples.entries()) {
    const { verdict } = await play(
      { ...script, plan: { ...script.plan, ...plan } },
      { within: limits[index % 4] ?? timeoutMs, ...(index % 5 === 0 && caveat !== undefined && { caveat }) },
    );
    if (verdict !== undefined) all.add(written(verdict));
  }
  return all;
}

describe.each(subjects)('the endings of $action', (subject) => {
  const listed = [...subject.endings, ...commonEndings].map(written);
  let met: ReadonlySet<string> = new Set();

  beforeAll(async () => {
    met = await endsMet(subject);
  });

  it('hold every way a rollout of its plan can end', () => {
    expect([...met].filter((ending) => !listed.includes(ending))).toEqual([]);
  });

  it('hold no way of the rollout’s own that it cannot end', () => {
    const isFromOutside = ({ outcome, reason }: Ending) =>
      outcome === 'restored' && switchingReasons.some((one) => one === reason);
    const own = subject.endings.filter(
      (ending) =>
        ['live', 'unchanged', 'restored', 'stranded'].includes(ending.outcome) && !isFromOutside(ending),
    );
    expect(own.map(written).filter((ending) => !met.has(ending))).toEqual([]);
  });

  it('reject for everything that Fly’s client is known to say', () => {
    const said = sources('packages/core/src/platforms/fly/deploy/failures.ts').flatMap(({ text }) =>
      [...text.matchAll(/\breason: '([a-z-]+)'/g)].map(([, reason = '']) => reason),
    );
    expect(said.length).toBeGreaterThan(10);
    const missing = said.filter((reason) => !listed.includes(`rejected/${reason}`));
    expect(new Set(missing)).toEqual(new Set(subject.neverSaid));
  });
});
