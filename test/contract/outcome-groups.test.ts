import { describe, expect, it } from 'vitest';
import { type ActionDefinition, commonEndings, type Ending } from '#core';
import { endings as deploying } from '../../actions/fly-deploy/src/reasons.ts';
import { action as deployAction } from '../../actions/fly-deploy/src/run.ts';
import { endings as rollingBack } from '../../actions/rollback/src/reasons.ts';
import { action as rollbackAction } from '../../actions/rollback/src/run.ts';
import { endings as smokeTesting } from '../../actions/smoke-test/src/reasons.ts';
import { action as smokeAction } from '../../actions/smoke-test/src/run.ts';
import { publish } from '../../packages/core/src/action/publish.ts';
import { type Serving, servings } from '../../packages/core/src/outcome/outcome.ts';
import { type OutcomeGroup, outcomeGroup } from '../../packages/core/src/outcome/outcome-group.ts';
import { outcomeMeanings } from '../../scripts/docs/meanings.ts';
import { recordingRunner } from '../support/recording-runner.ts';

// A row is an ending, a column what serves: `nothing` where a release had served, `(none)` where nothing had. A row of a
// reason stands before that of its outcome. `.` is fine, `o` failed with the old one serving, `P` a person must look.

const deploy = `
                              new   old  mixed nothing (none) unknown
live                           .     P     P      P      P      P
unchanged                      .     .     P      P      P      P
rejected                       P     o     P      P      o      P
restored/restored-image-only   P     P     P      P      P      P
restored                       P     o     P      P      P      P
stranded                       P     P     P      P      P      P
inconclusive                   P     P     P      P      P      P
blocked                        o     o     o      o      o      o
cancelled                      P     o     P      P      o      P
rehearsed                      .     .     .      .      .      .
done                           .     .     .      .      .      .
error/bug                      P     P     P      P      P      P
error                          P     o     P      P      o      o
`;

const rollback = `
                              new   old  mixed nothing (none) unknown
restored                       P     .     P      P      P      P
unchanged                      .     .     P      P      P      P
rejected                       P     P     P      P      P      P
stranded                       P     P     P      P      P      P
inconclusive                   P     P     P      P      P      P
blocked                        P     P     P      P      P      P
cancelled                      P     P     P      P      P      P
rehearsed                      .     .     .      .      .      .
error                          P     P     P      P      P      P
`;

const check = `
                              new   old  mixed nothing (none) unknown
pass                           .     .     .      .      .      .
done                           .     .     .      .      .      .
fail                           P     P     P      P      P      P
inconclusive                   P     P     P      P      P      P
cancelled                      P     P     P      P      P      P
error                          P     P     P      P      P      P
`;

const letters: Readonly<Record<string, OutcomeGroup>> = {
  '.': 'fine',
  o: 'old-serves',
  P: 'needs-a-person',
};

interface Subject {
  readonly action: ActionDefinition;
  readonly endings: readonly Ending[];
  readonly table: string;
}

const subjects: readonly Subject[] = [
  { action: deployAction, endings: deploying, table: deploy },
  { action: rollbackAction, endings: rollingBack, table: rollback },
  { action: smokeAction, endings: smokeTesting, table: check },
];

interface Sight {
  readonly column: string;
  readonly serving: Serving;
  readonly hadServed: boolean;
}

/** What can be seen serving, as the columns of the tables. */
const seen: readonly Sight[] = [
  ...servings.map((serving) => ({ column: serving, serving, hadServed: true })),
  { column: '(none)', serving: 'nothing', hadServed: false },
];

/** The rows by their names, each the groups by column. */
function read(table: string): ReadonlyMap<string, Readonly<Record<string, OutcomeGroup | undefined>>> {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return new Map(
    rows.map(([name = '', ...cells]) => [
      name,
      Object.fromEntries(head.map((column, at) => [column, letters[cells[at] ?? '']])),
    ]),
  );
}

describe.each(subjects)('the groups of $action.name', ({ action, endings, table }) => {
  const rows = read(table);
  const all = [...endings, ...commonEndings];
  const rowOf = ({ outcome, reason }: Ending) =>
    rows.has(`${outcome}/${reason}`) ? `${outcome}/${reason}` : outcome;
  const each = all.flatMap((ending) => seen.map((sight) => ({ ...ending, ...sight })));

  it('hold every ending, and no other', () => {
    expect(new Set(all.map(rowOf))).toEqual(new Set(rows.keys()));
  });

  it.each(seen)('are decided of every ending: $column serves', ({ column, serving, hadServed }) => {
    const found = all.map((ending) => [
      `${ending.outcome}/${ending.reason}`,
      outcomeGroup(action.kind, { ...ending, serving, hadServed }),
    ]);
    const wanted = all.map((ending) => [
      `${ending.outcome}/${ending.reason}`,
      rows.get(rowOf(ending))?.[column],
    ]);
    expect(found).toEqual(wanted);
  });

  it('are told in the output of every ending', async () => {
    const told = await Promise.all(
      each.map(async ({ outcome, reason, serving, hadServed }) => {
        const runner = recordingRunner();
        const outputs: Record<string, string> = hadServed ? { 'previous-release': 'v1' } : {};
        const result = { outcome, reason, serving, ok: true, outputs, headline: 'It ended.' };
        await publish(runner, result, { kind: action.kind, durationMs: 1 });
        return runner.outputs['needs-a-person'];
      }),
    );
    const groups = each.map((ended) => outcomeGroup(action.kind, ended));
    expect(told).toEqual(groups.map((group) => String(group === 'needs-a-person')));
  });

  it('call nothing fine that ends red, and send nobody to what the old release serves', () => {
    const fine = all.filter((ending) =>
      seen.some((sight) => outcomeGroup(action.kind, { ...ending, ...sight }) === 'fine'),
    );
    const red = fine.filter(({ outcome }) => !/^0|0 for/.test(outcomeMeanings[outcome].exit));
    expect(red).toEqual([]);
    const quiet = each.filter((ended) => outcomeGroup(action.kind, ended) === 'old-serves');
    const doubtful = quiet.filter(
      ({ outcome, column }) =>
        !(column === 'old' || column === '(none)' || outcome === 'blocked') &&
        !(outcome === 'error' && column === 'unknown'),
    );
    expect(doubtful).toEqual([]);
  });
});

describe('a way back that no check could judge', () => {
  it('sends somebody to look: what served before may be as bad', () => {
    const back = { outcome: 'restored', reason: 'checks-failed', serving: 'old', hadServed: true } as const;
    const groups = [false, true].map((isUnjudged) => outcomeGroup('deploy', { ...back, isUnjudged }));
    expect(groups).toEqual(['old-serves', 'needs-a-person']);
  });
});
