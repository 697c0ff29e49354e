import { beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../packages/core/src/deployment/history.ts';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import type { Intent } from '../../../packages/core/src/ledger/record.ts';
import { turnOf } from '../../../packages/core/src/ledger/turn.ts';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { aRelease } from '../../support/a-release.ts';
import { demoGitHub, waitingBy } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent, aRunnerContext } from '../../support/ledger-builders.ts';

const [c0 = ''] = demoCommits;
const [minute, hour] = [60_000, 3_600_000];

let github: GitHub;
let clock: CloudClock;
let http: GitHubHttp;
let ledger: Ledger;
let warnings: string[];

beforeEach(() => {
  ({ github, clock } = demoGitHub());
  github.switches.visibility = 'immediate';
  http = new GitHubHttp(github);
  warnings = [];
  ledger = ledgerOfRun();
});

function ledgerOfRun(): Ledger {
  return createLedger({
    http,
    clock: waitingBy(clock),
    context: aRunnerContext({ sha: c0 }),
    token: github.token(),
    warn: (message) => warnings.push(message),
  });
}

const historyOf = (service: string, target = 'fly:shop') =>
  new History(ledger, { environment: 'production', service, target });

/** Records a minute apart, the last a minute ago, unless they are further apart; the first is the oldest. */
function seed(intents: readonly Partial<Intent>[], facts: readonly string[], apartMs = minute): string[] {
  const ids = github.seedDeployments('acme/shop', intents.length, (at) => ({
    sha: c0,
    task: 'belay:deploy',
    payload: anIntent(intents[at]),
    createdAt: clock.now() - (intents.length - at) * apartMs,
    statuses: facts.map((fact) => ({ state: 'success', description: `belay/1 ${fact}` })),
  }));
  return ids.map(String);
}

const ended = ['shipped v1 v1 -', 'verdict pass'];
/** A thousand records of so many services, each with an app of its own. */
const services = (count: number) =>
  Array.from({ length: 1000 }, (_, at) =>
    at % count === 0 ? {} : { service: `s${at % count}`, target: `fly:s${at % count}` },
  );

/** How many calls each look makes, one after the other. */
async function looks(history: History, count: number): Promise<readonly number[]> {
  const calls: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const before = http.calls.length;
    await history.newest();
    calls.push(http.calls.length - before);
  }
  return calls;
}

/** Anybody's next fact of a record. */
const add = async (id: string, verdict: 'pass' | 'fail') =>
  ledgerOfRun().reopen(id).add({ kind: 'verdict', verdict }, 'success');

describe('a look at whose turn it is, by GraphQL', () => {
  it.each([
    { count: 1, first: 5, why: 'five hundred records are read at most' },
    { count: 10, first: 10, why: 'a thousand deployments are read at most' },
    { count: 25, first: 10, why: 'a thousand deployments are read at most' },
  ])('costs one call from the second on, of $count services: $why', async ({ count, first }) => {
    seed(services(count), ended);
    expect(await looks(historyOf('shop'), 3)).toEqual([first, 1, 1]);
  });

  it('goes no further back than any ticket holds, be there a record of the target or not', async () => {
    seed(services(10), ended, 20 * minute);
    expect(await looks(historyOf('shop'), 2)).toEqual([1, 1]);
    expect(await looks(historyOf('none', 'fly:none'), 2)).toEqual([1, 1]);
  });

  it('reads on from where the releases were read, and nothing twice but the newest page', async () => {
    seed(services(10), ended);
    const history = historyOf('shop');
    await history.verdict(aRelease({ id: 'v1' }));
    expect(http.calls).toHaveLength(1);
    expect(await looks(history, 2)).toEqual([10, 1]);
  });

  it('goes as far back as a run that may still write, for as long as it may', async () => {
    seed([{ budgetMs: 10 * minute }], ['turn v1 open']);
    const [killed] = (await historyOf('shop').newest()).map(({ id }) => id);
    const others = Array.from({ length: 150 }, () => ({ service: 'api', target: 'fly:api' }));
    clock.advance(151_000);
    seed(others, ended, 1_000);
    const history = historyOf('shop');
    expect(await looks(history, 2)).toEqual([2, 2]);
    await add(String(killed), 'pass');
    expect((await history.newest()).map(({ facts }) => facts.at(-1)?.fact)).toEqual([
      { kind: 'verdict', verdict: 'pass' },
    ]);
    expect(await looks(history, 2)).toEqual([1, 1]);
  });

  it('does not go back to a run that was killed once its budget is over', async () => {
    seed([{ budgetMs: 10 * minute }], ['turn v1 open']);
    const others = Array.from({ length: 150 }, () => ({ service: 'api', target: 'fly:api' }));
    clock.advance(151 * minute);
    seed(others, ended);
    expect(await looks(historyOf('shop'), 2)).toEqual([2, 1]);
  });

  it('sees what was written since to a record that had ended', async () => {
    const [id = ''] = seed([{}, {}, {}], ended);
    const history = historyOf('shop');
    await history.newest();
    await add(id, 'fail');
    const [oldest] = (await history.newest()).slice(-1);
    expect(oldest?.facts.at(-1)?.fact).toEqual({ kind: 'verdict', verdict: 'fail' });
  });

  it('is a look at all that there is where the records could not be read at first', async () => {
    const ids = seed([{}, {}], ended);
    const history = historyOf('shop');
    for (const route of ['graphql.deployments', 'deployments.list'])
      http.trouble({ route, kind: 'status-502' });
    expect(await history.newest()).toEqual([]);
    expect((await history.newest()).map(({ id }) => id)).toEqual(ids.toReversed());
  });
});

describe('a look at whose turn it is, by REST', () => {
  beforeEach(() => {
    github.switches.graphql = 'refused';
  });

  it.each([1, 10, 25, 500])(
    'asks once whether there is GraphQL, for nine pages and records at most, and then for the newest page, of %i services',
    async (count) => {
      seed(services(count), ended);
      expect(await looks(historyOf('shop'), 3)).toEqual([10, 1, 1]);
    },
  );

  it('says how many records it has read where it leaves others unread', async () => {
    seed(services(25), ended);
    const records = await historyOf('shop').newest();
    expect([records.length, warnings]).toEqual([
      7,
      ['GitHub refused GraphQL, so only the newest 7 records were read. Older ones are not considered.'],
    ]);
  });

  it('leaves none unread where there is no further page', async () => {
    seed(
      Array.from({ length: 8 }, () => ({})),
      ended,
    );
    expect([(await historyOf('shop').newest()).length, warnings]).toEqual([8, []]);
  });

  it('asks for none of a record that this run has opened itself, whose facts it knows', async () => {
    seed(services(10), ended);
    const history = historyOf('shop');
    await history.newest();
    const own = await ledger.open('deploy', anIntent(), '');
    await own.add({ kind: 'turn', previous: 'v1', barrier: false }, 'in_progress');
    const [one] = await history.newest();
    expect([one?.id, one?.facts.map(({ fact }) => fact.kind)]).toEqual([own.id, ['turn']]);
    expect(await looks(history, 2)).toEqual([1, 1]);
  });

  it('reads back a record of its own where the answer to a fact was lost', async () => {
    const own = await ledger.open('deploy', anIntent(), '');
    http.trouble({ route: 'deployment-statuses.create', kind: 'reset-after' });
    await own.add({ kind: 'turn', previous: 'v1', barrier: false }, 'in_progress');
    const [one] = await historyOf('shop').newest();
    expect(one?.facts.map(({ fact }) => fact.kind)).toEqual(['turn']);
  });

  it('asks each time for those of a run that may still write', async () => {
    const [id = ''] = seed([{}], ['shipped v1 v1 -']);
    clock.advance(hour);
    const history = historyOf('shop');
    expect(await looks(history, 2)).toEqual([3, 2]);
    await add(id, 'pass');
    await history.newest();
    clock.advance(2 * minute);
    expect(await looks(history, 2)).toEqual([2, 1]);
  });

  it('asks for those of a record that GitHub shows as changed', async () => {
    const [id = ''] = seed([{}, {}, {}], ended);
    clock.advance(hour);
    const history = historyOf('shop');
    expect(await looks(history, 2)).toEqual([5, 1]);
    await add(id, 'fail');
    const [oldest] = (await history.newest()).slice(-1);
    expect(oldest?.facts.at(-1)?.fact).toEqual({ kind: 'verdict', verdict: 'fail' });
  });
});

describe('two services of one app', () => {
  const asked = async (service: string, own: string | undefined) =>
    turnOf({ records: await historyOf(service).newest(), own: own ?? '', now: clock.now(), over: new Set() });

  it('take turns: the older record goes first, whatever its service', async () => {
    const older = await ledger.open('deploy', anIntent({ service: 'web', budgetMs: 10 * minute }), '');
    const own = await ledger.open('deploy', anIntent({ service: 'worker', budgetMs: 10 * minute }), '');
    expect(await asked('worker', own.id)).toMatchObject({ kind: 'held', by: { id: older.id } });
    expect(await asked('web', older.id)).toEqual({ kind: 'own' });
  });

  it('give way to a rollback that somebody asked for under the other name', async () => {
    const own = await ledger.open('deploy', anIntent({ service: 'worker', budgetMs: 10 * minute }), '');
    const back = await ledger.open('rollback', anIntent({ service: 'web', restores: 'v1' }), '');
    expect(await asked('worker', own.id)).toMatchObject({ kind: 'overtaken', by: { id: back.id } });
  });

  it('judge their releases each for itself', async () => {
    seed([{ service: 'web' }], ended);
    const history = historyOf('worker');
    await history.newest();
    expect([await history.records(), await history.verdict(aRelease({ id: 'v1' }))]).toEqual([[], 'none']);
    expect(await historyOf('web').verdict(aRelease({ id: 'v1' }))).toBe('pass');
  });
});
