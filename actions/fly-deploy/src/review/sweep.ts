import {
  ActionFailure,
  type ActionResult,
  durationText,
  type FailureText,
  HttpError,
  httpFailure,
  type Ports,
} from '#core';
import { reviewedPullRequest } from '#core/fly';
import type { FlyDeployInputs } from '../inputs.ts';
import {
  decideSweep,
  namesOf,
  type ReviewSubject,
  type ReviewWanted,
  type SweepVerdict,
  subjectOf,
} from './decide.ts';
import { type OpenReview, openReview, sinceOf } from './open.ts';
import { dryRunResult } from './result.ts';
import { type SweptLine, sweptResult } from './sweep-result.ts';

/** Destroys the review apps of this repository whose pull request is closed, or that nobody deploys to any more. */
export async function runSweep(
  ports: Ports,
  inputs: FlyDeployInputs,
  { access }: Extract<ReviewWanted, { kind: 'sweep' }>,
): Promise<ActionResult> {
  const open = await openReview(ports, inputs, access);
  const subjects = (await open.apps.names(access.organization)).flatMap((name) => {
    const number = reviewedPullRequest(name);
    if (number === undefined) return [];
    return namesOf(access, subjectOf(access, number, undefined)).filter((subject) => subject.name === name);
  });
  const lines: SweptLine[] = [];
  // One after the other: GitHub and Fly both limit how fast they may be written to.
  for (const subject of subjects) lines.push(await swept(ports, inputs, { open, subject }));
  return inputs.dryRun ? dryRunResult(lines.map(({ name, note }) => `${name}: ${note}`)) : sweptResult(lines);
}

async function swept(
  { runner }: Ports,
  { dryRun, maxIdleMs }: FlyDeployInputs,
  { open, subject }: { readonly open: OpenReview; readonly subject: ReviewSubject },
): Promise<SweptLine> {
  const { name, number } = subject;
  try {
    const [standing, pull] = await Promise.all([open.apps.standing(subject), open.pulls.state(number)]);
    const verdict = decideSweep({ standing, pull }, { nowMs: open.account.clock.now(), maxIdleMs });
    const note = noteOn(verdict, maxIdleMs);
    runner.info(`${name}: ${note}`);
    if (verdict.kind === 'keep') return { name, number, did: 'kept', note };
    if (dryRun) return { name, number, did: 'kept', note: `would be destroyed: ${note}` };
    const came = await open.apps.destroy(subject);
    if (came.kind === 'foreign')
      return { name, number, did: 'kept', note: noteOn({ kind: 'keep', because: 'foreign' }) };
    await open.announceRemoval([{ subject, ...sinceOf(came) }], {
      because: note,
      again: againAfter[verdict.because],
    });
    return { name, number, did: 'destroyed', note };
  } catch (error) {
    const failure = failureOf(error);
    return { name, number, did: 'failed', note: failure.what, failure };
  }
}

/** One app that cannot be destroyed keeps no other alive. */
function failureOf(error: unknown): FailureText {
  if (error instanceof ActionFailure) return error;
  if (!(error instanceof HttpError)) throw error;
  const { reason, what, next } = httpFailure(error);
  const again = `Run the sweep again once ${URL.parse(error.url)?.host ?? 'the host'} answers.`;
  return { code: reason, what, next: error.status === undefined ? again : next };
}

const againAfter = {
  closed: 'It is made anew when the pull request is opened again.',
  idle: 'The next push makes it anew.',
} as const;

function noteOn(verdict: SweepVerdict, maxIdleMs = 0): string {
  switch (verdict.because) {
    case 'closed':
      return 'the pull request is closed';
    case 'idle':
      return `nothing was deployed to it for more than ${durationText(maxIdleMs)}`;
    case 'absent':
      return 'it is gone already';
    case 'foreign':
      return 'left alone: nothing proves that it was made for a pull request of this repository';
    case 'used':
      return 'kept: its pull request is open';
    case 'unknown':
      return `kept: its pull request cannot be asked for (${verdict.why})`;
  }
}
