import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fly, github, images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { pull, repo, reviewStage } from '../../support/review-stage.ts';
import { annotations, ended, logOf, shopChecks } from '../../support/shop-stage.ts';

// A name is one for all of Fly. With a hash of the repository's id: acme/shop is 1001.
const first = 'pr-7-shop';
const second = 'pr-7-shop-8150e966';

const review = reviewStage();
const emulator = () => review.shop.stage.cloud.service(fly);
const closePull = () => review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
const page = async () => (await review.comments()).map(({ body }) => body);
const mark = (app: string) => [...(emulator().world.apps.get(app)?.secrets.keys() ?? [])];

/** Somebody whose apps we do not see has the name. */
const takenElsewhere = (name: string) => emulator().takeName(name);

/** An app of our own organization, which no run has marked, and which has been there for a while. */
function unmarked(name: string): void {
  emulator().createApp({ name, image: images.v3, machines: 1 });
  review.age(name, '200h');
}

async function served(app: string): Promise<string> {
  const { status, body } = await review.shop.stage.cloud.serves(`${app}.fly.dev`, '/version.json');
  return status === 200 ? JSON.parse(String(body)).version : String(status);
}

describe('a pull request whose app’s name somebody else has', () => {
  it.each([
    ['an account that nobody here sees', takenElsewhere],
    ['an app of ours that no run made', unmarked],
  ])(
    'has an app of another name from its first day to its last: %s',
    async (_, taken) => {
      taken(first);
      const opened = await review.on('opened', { checks: shopChecks });
      expect(ended(opened), logOf(opened)).toBe('live/verified, serving new');
      expect(opened.main.outputs).toMatchObject({
        'app-name': second,
        url: `https://${second}.fly.dev`,
        target: `fly:${second}`,
      });
      expect(mark(second)).toEqual(['BELAY_REVIEW_APP_1001_7']);
      expect(await served(second)).toBe('v1');
      expect(await page()).toEqual([expect.stringContaining(`[${second}.fly.dev]`)]);

      const { lastSeq } = review.shop.stage.cloud.journal;
      const updated = await review.on('synchronize', { image: images.v3, checks: shopChecks });
      expect(ended(updated)).toBe('live/verified, serving new');
      expect(await served(second)).toBe('v3');
      expect(await page()).toHaveLength(1);
      expect(routes(lastSeq)).not.toContain('flaps.apps.create');

      const broken = await review.on('synchronize', { image: images.v2Error, checks: shopChecks });
      expect(ended(broken)).toBe('restored/checks-failed, serving old');
      expect(await served(second)).toBe('v3');

      await closePull();
      const closed = await review.on('closed');
      expect(ended(closed)).toBe('done/review-app-destroyed, serving nothing');
      expect(review.apps()).toEqual(taken === unmarked ? [first] : []);
      expect(await page()).toEqual([expect.stringContaining('🧹 Destroyed: the pull request is closed.')]);
      // Newest first: the rollback, the release it took back, and the two before it.
      expect(await states()).toEqual(['inactive', 'failure', 'inactive', 'inactive']);
    },
    180_000,
  );

  it('has its app swept by the name it has', async () => {
    unmarked(first);
    await review.on('opened');
    await closePull();
    const swept = await review.sweep();
    expect(results(swept)).toEqual([
      {
        app: first,
        'pull-request': 7,
        did: 'kept',
        note: 'left alone: nothing proves that it was made for a pull request of this repository',
      },
      { app: second, 'pull-request': 7, did: 'destroyed', note: 'the pull request is closed' },
    ]);
    expect(review.apps()).toEqual([first]);
  });

  it('keeps the app it has, when the name is free again', async () => {
    takenElsewhere(first);
    await review.on('opened');
    emulator().world.namesElsewhere.delete(first);
    expect(ended(await review.on('synchronize', { image: images.v3 }))).toBe(
      'live/platform-only, serving new',
    );
    expect(review.apps()).toEqual([second]);
  });

  it('has another name for another repository of the same name', async () => {
    await review.on('opened');
    const other = await review.on('opened', {}, { github: { repository_id: '2002' } });
    expect(other.main.outputs['app-name']).toMatch(/^pr-7-shop-[0-9a-f]{8}$/);
    expect(other.main.outputs['app-name']).not.toBe(second);
  });

  it('is told of the app it has by `post` of a step that was cut', async () => {
    takenElsewhere(first);
    await review.on('opened');
    const cancel = new AbortController();
    const result = await review.on(
      'synchronize',
      {
        image: images.v3,
        checks:
          '- { name: never, http: GET /never, expect: { status: 200 }, retry: { until: 15s, interval: 200ms } }',
      },
      {
        signal: cancel.signal,
        onLine: ({ line }) => line.startsWith('##[group]Checks of the new release') && cancel.abort(),
      },
    );
    expect(ended(result)).toBe('cancelled/cancelled, serving new');
    expect(result.post?.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(`^The job was cancelled\\. fly:${second} serves v2\\. Next: `),
    ]);
  });

  it.skipIf(!existsSync('/proc'))(
    'has its app marked by `post`, when the step was killed while it was made',
    async () => {
      takenElsewhere(first);
      const { stage, entries } = review.shop;
      stage.cloud.faults.add({ route: 'flaps.secrets.set', kind: 'stall', nth: 1 });
      const watch = setInterval(() => {
        if (entries('flaps.secrets.set').length > 0)
          signalTo(bundleProcess('index.js', stage.temp), 'SIGKILL');
      }, 20);
      const killed = await review.on('opened');
      clearInterval(watch);
      expect(killed.post?.annotations.map(({ message }) => message)).toEqual([
        'The step was killed before it could say how it ended. flyctl was still at work, and was ended. ' +
          `The app ${second} had been made, and is marked as this pull request's. fly:${second} serves nothing. ` +
          'Next: Run the job again.',
      ]);
      expect(mark(second)).toEqual(['BELAY_REVIEW_APP_1001_7']);
    },
    60_000,
  );

  it('is told so by a rehearsal', async () => {
    takenElsewhere(first);
    const { lastSeq } = review.shop.stage.cloud.journal;
    const result = await review.on('opened', { 'dry-run': 'true' });
    expect(result.job.summary).toContain(
      `- ${first} is held by somebody whose apps this token does not see.\n- It would make the app \`${second}\` in demo, deploy to it`,
    );
    expect(review.shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
  });

  it('is closed with a warning of what it leaves alone, where it has no app at all', async () => {
    unmarked(first);
    await closePull();
    const { lastSeq } = review.shop.stage.cloud.journal;
    const result = await review.on('closed');
    expect(ended(result)).toBe('done/review-app-absent, serving nothing');
    expect(annotations(result)).toEqual([
      `warning: Fly has an app ${first} that nothing proves to be the review app of pull request 7: it is left alone. ` +
        `Destroy it with \`fly apps destroy ${first}\` if a run left it half made.`,
    ]);
    expect(mutations(lastSeq)).toEqual([]);
    expect(await served(first)).toBe('v3');
  });
});

describe('a stranger who has the second name too', () => {
  it.each([
    [
      'where nobody here sees either',
      takenElsewhere,
      'both are held by somebody whose apps this token does not see',
      'Set `service` to another word, which goes into the app’s name, here and where the sweep is.',
    ],
    [
      'where both are of our organization',
      unmarked,
      'neither bears a mark of this pull request',
      `Destroy ${first} and ${second} with \`fly apps destroy\` when nobody needs it, or set \`service\` to another word, which goes into the app’s name, here and where the sweep is.`,
    ],
  ])(
    'keeps the pull request from an app, which is told with what can be done: %s',
    async (_, taken, whose, next) => {
      taken(first);
      taken(second);
      const { lastSeq } = review.shop.stage.cloud.journal;
      const result = await review.on('opened');
      expect(ended(result)).toBe('blocked/not-our-app, serving unknown');
      expect(annotations(result)).toEqual([
        `error: not-our-app: Fly has apps ${first} and ${second}, and nothing proves either to be the review app of pull request 7. ` +
          `Review apps are marked with a secret when they are made; ${whose}. Next: ${next} No \`force\` passes this.`,
      ]);
      expect(mutations(lastSeq).filter((route) => route !== 'flaps.apps.create')).toEqual([]);
      const served = await review.on('opened', { service: 'web' });
      expect(ended(served)).toBe('live/platform-only, serving new');
    },
  );
});

function results({ main }: ActionResult) {
  return JSON.parse(main.outputs.results ?? 'null');
}

function routes(since: number): readonly (string | null)[] {
  return review.shop.stage.cloud.journal.entries({ since }).map(({ route }) => route);
}

function mutations(since: number): readonly (string | null)[] {
  const entries = review.shop.stage.cloud.journal.entries({ since, mutations: true });
  return entries.filter(({ service }) => service === 'fly').map(({ route }) => route);
}

/** Of the environment's records. */
async function states(): Promise<readonly string[]> {
  review.shop.stage.cloud.service(github).reveal();
  const rows = [];
  for (const { id } of await review.github(`GET ${repo}/deployments?environment=pr-7`)) {
    const [status] = await review.github(`GET ${repo}/deployments/${id}/statuses`);
    rows.push(status.state);
  }
  return rows;
}
