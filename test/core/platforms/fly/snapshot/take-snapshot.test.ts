import { describe, expect, it } from 'vitest';
import { type ActionFailure, HttpError } from '#core';
import { type Snapshot, type SnapshotSource, takeSnapshot } from '#core/fly';
import { manualClock } from '../../../../support/manual-clock.ts';

const old: Snapshot = { id: 'vs_old', begun: '2026-01-01T00:00:00Z', state: 'done', status: 'created' };
const waiting: Snapshot = { id: '', begun: '2026-01-02T00:00:00Z', state: 'pending', status: 'waiting' };
const running: Snapshot = { ...waiting, id: 'vs_new', status: 'running' };
const done: Snapshot = { ...running, state: 'done', status: 'created' };
/** Fly's own daily snapshot, whose turn comes while ours is waited for. */
const daily: Snapshot = { ...done, id: 'vs_daily', begun: '2026-01-01T23:59:00Z' };

const lost = new HttpError({
  kind: 'reset',
  method: 'POST',
  url: 'https://api.test/snapshots',
  reason: 'connection reset',
  maybeEffective: true,
  attempts: 1,
});

interface Script {
  /** What is listed before the request, then at each look; the last one for ever. */
  readonly lists: readonly (readonly Snapshot[])[];
  /** What each request comes to; after them all succeed. */
  readonly asks?: readonly Error[];
  readonly budgetMs?: number;
}

async function take({ lists, asks = [], budgetMs = 60_000 }: Script) {
  const [looks, clock] = [[...lists], manualClock()];
  const [failures, said] = [[...asks], [] as string[]];
  let asked = 0;
  const source: SnapshotSource = {
    label: 'volume vol_1 (data, iad) of shop',
    list: async () => (looks.length > 1 ? looks.shift() : looks[0]) ?? [],
    ask: async () => {
      asked += 1;
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
    },
    restoreCommand: (id) => `comes back from ${id}`,
  };
  const { signal } = new AbortController();
  const options = { clock, signal, budgetMs, onProgress: (line: string) => said.push(line) };
  const came = await takeSnapshot(source, options).catch((error: Error) => error);
  return { came, asked, said, tookMs: clock.monotonic() };
}

describe('a snapshot', () => {
  it('is the one that was not there before, once it is whole', async () => {
    const { came, asked, said } = await take({ lists: [[old], [waiting, old], [running, old], [done, old]] });
    expect([came, asked]).toEqual([done, 1]);
    expect(said).toEqual([
      'Snapshot of volume vol_1 (data, iad) of shop: waiting',
      'Snapshot vs_new of volume vol_1 (data, iad) of shop: running',
      'Snapshot vs_new of volume vol_1 (data, iad) of shop: created',
    ]);
  });

  it('is not taken for one that waited for its turn before it was asked for', async () => {
    const waitingDaily = { ...waiting, begun: daily.begun };
    const lists = [[waitingDaily], [daily], [daily, waiting], [daily, running], [daily, done]];
    expect((await take({ lists })).came).toEqual(done);
  });

  it('is waited for though it is not listed at once', async () => {
    expect((await take({ lists: [[old], [old], [old], [done, old]] })).came).toEqual(done);
  });

  it('may be a newer one that someone else asked for: it holds the same and more', async () => {
    const theirs = { ...done, id: 'vs_theirs', begun: '2026-01-02T00:00:05Z' };
    expect((await take({ lists: [[], [running, theirs]] })).came).toEqual(theirs);
  });
});

describe('a request whose answer was lost', () => {
  it('is not sent again when the snapshot is there', async () => {
    const { came, asked } = await take({ lists: [[old], [running, old], [done, old]], asks: [lost] });
    expect([came, asked]).toEqual([done, 1]);
  });

  it('is sent again when no snapshot came of it', async () => {
    const nothing = Array.from({ length: 12 }, () => [old]);
    const { came, asked } = await take({ lists: [...nothing, [done, old]], asks: [lost] });
    expect([came, asked]).toEqual([done, 2]);
  });

  it('is sent three times at most', async () => {
    const { came, asked } = await take({ lists: [[old]], asks: [lost, lost, lost] });
    expect([came, asked]).toEqual([lost, 3]);
  });
});

describe('a snapshot that cannot be had', () => {
  const failure = async (script: Script) => {
    const { code, what } = (await take(script)).came as ActionFailure;
    return { code, what };
  };

  it('is told when it never finishes, with what Fly called it last', async () => {
    expect(await failure({ lists: [[old], [running, old]], budgetMs: 30_000 })).toEqual({
      code: 'snapshot-timeout',
      what: 'Snapshot vs_new of volume vol_1 (data, iad) of shop was still running after 30 s',
    });
  });

  it('is told when it is never even listed', async () => {
    expect(await failure({ lists: [[old]], budgetMs: 30_000 })).toEqual({
      code: 'snapshot-timeout',
      what: 'Snapshot of volume vol_1 (data, iad) of shop was not even listed after 30 s',
    });
  });

  it('is told when Fly gives it up', async () => {
    const failed: Snapshot = { ...running, state: 'failed', status: 'failed' };
    expect(await failure({ lists: [[], [running], [failed]] })).toEqual({
      code: 'snapshot-failed',
      what: 'Snapshot vs_new of volume vol_1 (data, iad) of shop came to nothing: Fly calls it failed',
    });
  });
});
