import { describe, expect, it } from 'vitest';
import type { Live, Release } from '../../../packages/core/src/platforms/platform.ts';
import { type PostFindings, postReport } from '../../../packages/core/src/report/post-report.ts';

const release = (label: string): Release => ({
  id: label,
  label,
  state: 'live',
  created: '2026-11-29T10:00:00Z',
  restorable: 'yes',
});
const one = (label: string): Live => ({ kind: 'one', release: release(label) });
const mixed: Live = {
  kind: 'mixed',
  shares: [
    { release: release('v3'), share: 0.5 },
    { release: release('v2'), share: 0.5 },
  ],
};
const cut: PostFindings = { action: 'fly-deploy', main: 'killed', target: 'fly:shop', did: [] };

interface Row {
  readonly of: string;
  readonly findings: Partial<PostFindings>;
  readonly level: 'notice' | 'warning';
  readonly message: string;
}

const killed = 'The step was killed before it could say how it ended.';

const rows: readonly Row[] = [
  {
    of: 'a main that was cut before its first act',
    findings: { main: 'unbegun', live: one('v1') },
    level: 'notice',
    message:
      'The step was cut before it had begun, and changed nothing. fly:shop serves v1. Next: Run the job again when it is wanted.',
  },
  {
    of: 'a main that was killed half way, with flyctl at work',
    findings: { live: mixed, did: ['flyctl was still at work, and was ended.'] },
    level: 'warning',
    message: `${killed} flyctl was still at work, and was ended. v3 and v2 serve fly:shop. Next: Run the job again, or the rollback action.`,
  },
  {
    of: 'a first deploy that made nothing',
    findings: { live: { kind: 'nothing' } },
    level: 'warning',
    message: `${killed} fly:shop serves nothing. Next: Run the job again.`,
  },
  {
    of: 'a step that could not keep how it ended',
    findings: { main: 'unkept', live: one('v2') },
    level: 'notice',
    message:
      'The step has told how it ended, and could not keep that for its post. fly:shop serves v2. Next: See why the step could not save its state: a full disk of the runner does that.',
  },
  {
    of: 'a platform that does not answer',
    findings: { why: 'POST https://api.fly.io/graphql → 503 Service Unavailable' },
    level: 'warning',
    message: `${killed} What fly:shop serves is not known: POST https://api.fly.io/graphql → 503 Service Unavailable. Next: See what serves, then run the job again.`,
  },
  {
    of: 'a restore that post has finished',
    findings: {
      main: 'cancelled',
      live: { kind: 'one', release: { ...release('v4'), restores: 'v1' } },
      restore: { label: 'v1', finished: true },
    },
    level: 'notice',
    message:
      'The job was cancelled. The restore of v1, which was cut, is finished. fly:shop serves v4 (v1 again). Next: Run the job again when it is wanted.',
  },
  {
    of: 'a restore that post could not finish',
    findings: { main: 'cancelled', live: mixed, restore: { label: 'v1', finished: false } },
    level: 'warning',
    message:
      'The job was cancelled. The restore of v1 was cut and could not be finished. v3 and v2 serve fly:shop. Next: Finish it with the rollback action, `to: v1` and a `reason`.',
  },
  {
    of: 'a new release that nothing has proved',
    findings: { live: one('v2'), unproved: { label: 'v2', how: 'shipped' } },
    level: 'warning',
    message: `${killed} v2, which this step has shipped, was not proved. fly:shop serves v2. Next: Run the job again, or the rollback action.`,
  },
  {
    of: 'an older release that a rollback has brought back, and nothing has proved',
    findings: { live: one('v1'), unproved: { label: 'v1', how: 'brought back' } },
    level: 'warning',
    message: `${killed} v1, which this step has brought back, was not proved. fly:shop serves v1. Next: Run the job again, or the rollback action.`,
  },
  {
    of: 'a step that ended by its own fault in the middle of a deploy',
    findings: { main: 'told', live: mixed },
    level: 'warning',
    message:
      'The step ended before what it had begun. v3 and v2 serve fly:shop. Next: Run the job again, or the rollback action.',
  },
  {
    of: 'a step that was about no app',
    findings: { target: undefined },
    level: 'notice',
    message: `${killed} It was about no app of its own: see \`fly apps list\`. Next: Run the job again when it is wanted.`,
  },
];

describe('what post tells', () => {
  it.each(rows)('of $of', ({ findings, level, message }) => {
    const report = postReport({ ...cut, ...findings });
    expect({ level: report.level, message: report.message }).toEqual({ level, message });
  });

  it('in the summary begins with what serves, and lists what was found, done and comes next', () => {
    const at = '2026-11-30T05:40:00.000Z';
    const timeline = [
      { name: 'confirm', started: at, ended: at, durationMs: 1_200, note: 'v3 and v2 serve' },
    ] as const;
    const did = ['Its records are ended.'];
    expect(postReport({ ...cut, live: mixed, did, timeline }).summary).toBe(
      [
        '## 🧹 fly-deploy, after the job’s last step: v3 and v2 serve fly:shop.',
        '',
        `- ${killed}`,
        '- Its records are ended.',
        '- Run the job again, or the rollback action.',
        '',
        '| At | Step | Took | Note |',
        '| --- | --- | --- | --- |',
        '| 00:00 | confirm | 1.2 s | v3 and v2 serve |',
        '',
        'Target: `fly:shop`',
        '',
      ].join('\n'),
    );
  });
});
