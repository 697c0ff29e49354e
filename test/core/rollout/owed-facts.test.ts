import { beforeEach, describe, expect, it } from 'vitest';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import type { LedgerPlace } from '../../../packages/core/src/rollout/ledger-place.ts';
import { LedgerWriter } from '../../../packages/core/src/rollout/ledger-writer.ts';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { aRelease } from '../../support/a-release.ts';
import { githubRequest } from '../../support/github-client.ts';
import { demoGitHub, waitingBy } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent, aRunnerContext } from '../../support/ledger-builders.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const [sha = ''] = demoCommits;
const down = 1_000;
const shipped: Fact = { kind: 'shipped', release: 'v2', label: 'v2', artifact: null };
const activated: Fact = { kind: 'activated', release: 'v2' };
const failed: Fact = { kind: 'verdict', verdict: 'fail' };
const restoring: Fact = { kind: 'restoring', release: 'v1' };
const v1 = aRelease({ id: 'v1' });
const v2 = aRelease({ id: 'v2' });

let github: GitHub;
let cloudClock: CloudClock;
let token: string;
let log: string[];
/** What was kept for `post`, newest last. */
let kept: LedgerPlace[];

beforeEach(() => {
  ({ github, clock: cloudClock } = demoGitHub());
  // What was written before is long seen.
  github.switches.visibility = 'immediate';
  token = github.token();
  log = [];
  kept = [];
});

/** A process of the job, with a door of its own to GitHub. */
function aProcess(place?: LedgerPlace) {
  const http = new GitHubHttp(github);
  const ledger = createLedger({
    http,
    clock: waitingBy(cloudClock),
    context: aRunnerContext({ sha }),
    token,
    warn: () => {},
  });
  const ports = { ledger, log: (line: string) => log.push(line), clock: new VirtualClock() };
  const writer: LedgerWriter = new LedgerWriter(ports, place, () => kept.push(throughJson(writer.place)));
  const note = (record: 'change' | 'restore', fact: Fact) =>
    writer.note({ do: 'note', record, fact, state: fact.kind === 'verdict' ? 'failure' : 'in_progress' });
  const breakDown = (route = 'deployment-statuses.create', calls = down) =>
    http.trouble({ route, kind: 'reset-before', calls });
  return { http, writer, note, breakDown };
}

/** As the runner hands it on. */
function throughJson(place: LedgerPlace): LedgerPlace {
  return JSON.parse(JSON.stringify(place));
}

async function read(path: string) {
  const answer = await github.handle(
    githubRequest('GET', `/repos/acme/shop/${path}`, { token: github.token() }),
  );
  return JSON.parse(JSON.stringify(answer?.body));
}

/** `deploy: shipped v2 v2 -, verdict fail`: each record, oldest first. */
async function records(): Promise<readonly string[]> {
  const rows: { id: number; task: string }[] = await read('deployments');
  return Promise.all(
    rows.toReversed().map(async ({ id, task }) => {
      const statuses: { description: string }[] = await read(`deployments/${id}/statuses`);
      const facts = statuses.toReversed().map(({ description }) => description.replace('belay/1 ', ''));
      return `${task.replace('belay:', '')}: ${facts.join(', ')}`;
    }),
  );
}

/** The rest of what was kept is written by a process after the one that is gone. */
async function post(place = kept.at(-1)) {
  const next = aProcess(place);
  await next.writer.flush();
  return next;
}

describe('facts that GitHub does not take', () => {
  it('are kept in their order and written later, each once', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    await main.note('change', shipped);
    main.breakDown();
    await main.note('change', activated);
    await main.note('change', failed);
    expect(await records()).toEqual(['deploy: shipped v2 v2 -']);
    expect(kept.at(-1)?.owed).toEqual([
      { record: 'change', text: 'belay/1 activated v2', state: 'in_progress' },
      { record: 'change', text: 'belay/1 verdict fail', state: 'failure' },
    ]);
    await post();
    expect(await records()).toEqual(['deploy: shipped v2 v2 -, activated v2, verdict fail']);
    expect(kept.at(-1)?.owed).toBeUndefined();
  });

  it('are written by the same process where GitHub answers again, in their order', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    main.breakDown('deployment-statuses.create', 2);
    await main.note('change', shipped);
    await main.note('change', activated);
    expect(await records()).toEqual(['deploy: shipped v2 v2 -, activated v2']);
  });

  it('are named with their record', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    main.breakDown();
    await main.note('change', shipped);
    await main.note('change', failed);
    main.writer.tell();
    const { change } = main.writer.place.records;
    const missing = `Record ${change} is not finished: \`shipped v2 v2 -\`, \`verdict fail\` could not be written.`;
    expect(log).toEqual([`${missing} It is tried once more after the job’s last step.`]);
  });

  it('are named once more where post cannot write them either', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    main.breakDown();
    await main.note('change', shipped);
    const next = aProcess(kept.at(-1));
    next.breakDown();
    await next.writer.flush();
    next.writer.tell();
    const { change } = main.writer.place.records;
    expect(log).toEqual([`Record ${change} is not finished: \`shipped v2 v2 -\` could not be written.`]);
  });

  it('leave their record unfinished where GitHub refuses them for good, and that is told', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    await main.note('change', shipped);
    expect(main.writer.isWhole).toBe(true);
    main.breakDown();
    await main.note('change', failed);
    token = github.token({ permissions: { deployments: 'read' } });
    const next = aProcess(kept.at(-1));
    await next.writer.flush();
    next.writer.tell();
    const { change } = main.writer.place.records;
    expect([next.writer.isWhole, next.writer.place.owed]).toEqual([false, undefined]);
    expect(log).toEqual([`Record ${change} is not finished: \`verdict fail\` could not be written.`]);
  });

  it('are not written again where only the answer was lost', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    await main.note('change', shipped);
    const before = kept.findLast(({ owed }) => owed !== undefined);
    await post(before);
    expect(await records()).toEqual(['deploy: shipped v2 v2 -']);
  });

  it('are not kept where the permission is missing', async () => {
    token = github.token({ permissions: { deployments: 'read' } });
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    await main.note('change', shipped);
    main.writer.tell();
    expect([kept.at(-1)?.owed, log]).toEqual([undefined, []]);
  });

  it('of a first choice are kept beside those of the second', async () => {
    const main = aProcess();
    await main.writer.open('rollback', anIntent({ restores: 'v1' }));
    main.breakDown();
    await main.note('change', { kind: 'abandoned', by: 'another-look' });
    await main.writer.open('rollback', anIntent({ restores: 'v0' }));
    await main.note('change', { kind: 'activated', release: 'v3' });
    await post();
    expect(await records()).toEqual(['rollback: abandoned another-look', 'rollback: activated v3']);
  });
});

describe('a first record whose answer was lost', () => {
  /** A rollback that chose once more, before anybody knew the id of its first record. */
  async function choseAgain() {
    const main = aProcess();
    // The record is there, and neither the answer nor the list says so.
    main.http.trouble({ route: 'deployments.create', kind: 'reset-after', calls: 1 });
    main.breakDown('deployments.list', 1);
    await main.writer.open('rollback', anIntent({ restores: 'v1' }));
    await main.note('change', { kind: 'abandoned', by: 'another-look' });
    await main.writer.open('rollback', anIntent({ restores: 'v0' }));
    await main.note('change', { kind: 'activated', release: 'v3' });
    return main;
  }
  const ended = ['rollback: abandoned another-look', 'rollback: activated v3'];

  it('is looked for by its nonce once more, and ended', async () => {
    const main = await choseAgain();
    expect(await records()).toEqual(['rollback: ', 'rollback: activated v3']);
    await main.writer.flush();
    expect(await records()).toEqual(ended);
    expect(throughJson(main.writer.place)).toEqual({
      records: { change: expect.any(String) },
      intent: anIntent({ restores: 'v0', nonce: expect.any(String) }),
    });
  });

  it('is looked for in post where this process is gone', async () => {
    await choseAgain();
    const place = kept.at(-1);
    const nonce = place?.former?.[0]?.nonce;
    expect(place).toMatchObject({
      former: [anIntent({ restores: 'v1', nonce: expect.stringMatching(/^[\w-]{8}$/) })],
      owed: [{ record: nonce, text: 'belay/1 abandoned another-look' }],
    });
    await post();
    expect(await records()).toEqual(ended);
    expect(kept.at(-1)?.owed).toBeUndefined();
  });
});

describe('a record whose process was killed', () => {
  it('between its creation and the moment its id was kept is found by its nonce and ended', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    const [before] = kept;
    expect(before).toEqual({ records: {}, intent: anIntent({ nonce: expect.any(String) }) });
    const next = aProcess(before);
    await next.note('change', { kind: 'abandoned', by: 'v1' });
    expect(await records()).toEqual(['deploy: abandoned v1']);
  });

  it('before its creation is not made after the fact', async () => {
    const main = aProcess();
    main.breakDown('deployments.create');
    await main.writer.open('deploy', anIntent());
    const next = aProcess(kept[0]);
    await next.note('change', { kind: 'abandoned', by: 'v1' });
    next.writer.tell();
    expect(await records()).toEqual([]);
    expect(log).toEqual(['The record of this rollout is not finished: `abandoned v1` could not be written.']);
  });

  it('in the middle of a restore is opened no second time', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    await main.note('change', failed);
    await main.note('change', restoring);
    await main.writer.openRestore(v1, v2);
    const before = kept.findLast(
      ({ restoreIntent, records: ids }) => restoreIntent && ids.restore === undefined,
    );
    expect(before?.restoreIntent).toMatchObject({
      restores: 'v1',
      replaces: 'v2',
      change: expect.any(String),
    });
    const next = aProcess(before);
    await next.note('restore', { kind: 'verdict', verdict: 'settled' });
    expect(await records()).toEqual(['deploy: verdict fail, restoring v1', 'rollback: verdict settled']);
  });

  it('before its restore was recorded leaves that to post', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    main.breakDown('deployments.create');
    await main.writer.openRestore(v1, v2);
    const next = await post();
    expect(await records()).toEqual(['deploy: ', 'rollback: ']);
    expect(next.writer.place.records).toEqual({ change: expect.any(String), restore: expect.any(String) });
  });

  it('is left as it is where the list cannot be read', async () => {
    const main = aProcess();
    await main.writer.open('deploy', anIntent());
    main.breakDown('deployments.create');
    await main.writer.openRestore(v1, v2);
    const next = aProcess(kept.at(-1));
    next.breakDown('deployments.list');
    await next.writer.flush();
    expect(await records()).toEqual(['deploy: ']);
  });
});

it('where GitHub takes everything, each fact costs one call', async () => {
  const main = aProcess();
  await main.writer.open('deploy', anIntent());
  await main.note('change', shipped);
  await main.note('change', activated);
  await main.writer.flush();
  expect(main.http.calls).toEqual([
    'deployments.create',
    'deployment-statuses.create',
    'deployment-statuses.create',
  ]);
});
