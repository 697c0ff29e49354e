import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../../packages/core/src/io/clock.ts';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import type { RailwayToken } from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import { followDeployment } from '../../../../../packages/core/src/platforms/railway/watch/follow-deployment.ts';
import type {
  StreamSocket,
  Subscription,
} from '../../../../../packages/core/src/platforms/railway/watch/graphql-socket.ts';
import { railwayHttp } from '../../../../support/railway-answers.ts';
import { answeredDeployment } from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const token: RailwayToken = { value: 't', kind: 'workspace', workspaces: [] };

/** One moment of a deployment: after so long it is this, and the socket does that. */
interface Moment {
  readonly afterMs: number;
  readonly status: string;
  readonly socket: 'pushes' | 'says nothing' | 'drops' | 'completes' | 'lies' | 'refuses from now on';
}

/** Sockets that do what the history says. */
class Sockets {
  #streams: Subscription[] = [];
  #over = Promise.withResolvers<string>();
  refuses = false;

  readonly open = async (signal: AbortSignal): Promise<StreamSocket> => {
    if (this.refuses) throw new Error('refused with status 502');
    const streams: Subscription[] = [];
    const over = Promise.withResolvers<string>();
    signal.addEventListener('abort', () => over.resolve('closed by us'));
    [this.#streams, this.#over] = [streams, over];
    return { closed: over.promise, subscribe: (one) => void streams.push(one) };
  };

  push(status: string): void {
    for (const one of this.#streams) {
      if (one.document.includes('subscription Deployment('))
        one.next({ deployment: answeredDeployment({ status }) });
    }
  }

  complete(): void {
    for (const one of this.#streams.splice(0)) one.ended('completed');
  }

  drop(): void {
    this.#streams = [];
    this.#over.resolve('closed with code 1006');
  }
}

async function play(history: readonly Moment[], clock: Clock, now: { status: string }, sockets: Sockets) {
  for (const { afterMs, status, socket } of history) {
    await clock.sleep(afterMs);
    now.status = status;
    if (socket === 'pushes') sockets.push(status);
    if (socket === 'lies') sockets.push('SUCCESS');
    if (socket === 'completes') sockets.complete();
    if (socket === 'drops') sockets.drop();
    if (socket === 'refuses from now on') {
      sockets.refuses = true;
      sockets.drop();
    }
  }
  return clock.monotonic();
}

async function following(history: readonly Moment[], budgetMs: number) {
  const clock = new VirtualClock();
  const now = { status: 'QUEUED' };
  const looks: number[] = [];
  const http = railwayHttp({
    DeploymentState() {
      looks.push(clock.monotonic());
      return { data: { deployment: answeredDeployment(now) } };
    },
  });
  const sockets = new Sockets();
  const { signal } = new AbortController();
  const work = followDeployment(new RailwayApi({ http, clock }, token), 'd1', {
    signal,
    budgetMs,
    openSocket: sockets.open,
    onProgress: () => {},
  });
  const [followed, overAt] = await Promise.all([
    work.then((end) => ({ end, at: clock.monotonic() })),
    play(history, clock, now, sockets),
  ]);
  return { ...followed, looks, overAt };
}

const underWay = fc.constantFrom('QUEUED', 'INITIALIZING', 'BUILDING', 'DEPLOYING', 'WAITING', 'ODD');
const moment = (status: fc.Arbitrary<string>): fc.Arbitrary<Moment> =>
  fc.record({
    afterMs: fc.integer({ min: 0, max: 60_000 }),
    status,
    socket: fc.constantFrom<Moment['socket']>(
      'pushes',
      'says nothing',
      'drops',
      'completes',
      'lies',
      'refuses from now on',
    ),
  });
const finals = fc.constantFrom('SUCCESS', 'SKIPPED', 'REMOVED', 'SLEEPING');

describe('a deployment whose socket does as it likes', () => {
  it('ends as what it became, within 16 s of it, at one look a second at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(moment(underWay), { maxLength: 12 }),
        moment(finals),
        async (history, last) => {
          const { end, at, looks, overAt } = await following([...history, last], 3_600_000);
          expect([end.kind, end.deployment?.status]).toEqual(['ended', last.status]);
          expect(at - overAt).toBeLessThanOrEqual(16_000);
          const pauses = looks.slice(1).map((look, index) => look - (looks[index] ?? 0));
          expect(pauses.filter((pause) => pause < 999)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is known within a second where its end is pushed to a socket that has told before', async () => {
    const told = fc.array(
      moment(underWay).map((one) => ({ ...one, socket: 'pushes' as const })),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(
        told,
        finals,
        fc.integer({ min: 2_000, max: 60_000 }),
        async (history, status, afterMs) => {
          const last = { afterMs, status, socket: 'pushes' as const };
          const { end, at, overAt } = await following([...history, last], 3_600_000);
          expect(end.kind).toBe('ended');
          expect(at - overAt).toBeLessThanOrEqual(1_000);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is asked for soon again where what was pushed is ahead of what a look sees', async () => {
    const ahead = fc.integer({ min: 20_000, max: 60_000 });
    await fc.assert(
      fc.asyncProperty(ahead, fc.integer({ min: 100, max: 3_000 }), async (afterMs, lagMs) => {
        const { at, overAt } = await following(
          [
            { afterMs: 2_000, status: 'BUILDING', socket: 'pushes' },
            { afterMs, status: 'BUILDING', socket: 'lies' },
            { afterMs: lagMs, status: 'SUCCESS', socket: 'says nothing' },
          ],
          3_600_000,
        );
        expect(at - overAt).toBeLessThanOrEqual(3_500);
      }),
      { numRuns: 60 },
    );
  });

  it('is asked for more often once a look saw what the socket had not told', async () => {
    const silent = fc.integer({ min: 16_000, max: 22_000 });
    await fc.assert(
      fc.asyncProperty(silent, async (afterMs) => {
        const { at, overAt } = await following(
          [
            { afterMs: 2_000, status: 'BUILDING', socket: 'pushes' },
            { afterMs: 20_000, status: 'DEPLOYING', socket: 'says nothing' },
            { afterMs, status: 'SUCCESS', socket: 'says nothing' },
          ],
          3_600_000,
        );
        expect(at - overAt).toBeLessThanOrEqual(7_000);
      }),
      { numRuns: 40 },
    );
  });

  it('is late when time is up before it becomes anything', async () => {
    const budgets = fc.integer({ min: 1, max: 300_000 });
    await fc.assert(
      fc.asyncProperty(fc.array(moment(underWay), { maxLength: 12 }), budgets, async (history, budgetMs) => {
        const clockEnd = await following(history, budgetMs);
        expect(clockEnd.end.kind).toBe('late');
      }),
      { numRuns: 60 },
    );
  });
});
