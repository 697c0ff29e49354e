import { describe, expect, it } from 'vitest';
import { commits, demo, fly, github, images } from '#local-cloud';
import { githubRequest } from '../../support/github-client.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const app = () => {
  const found = shop.stage.cloud.service(fly).world.apps.get(demo.fly.app);
  if (found === undefined) throw new Error('the demo has its app');
  return found;
};
const releases = () => app().releases.length;
/** What each machine's process has been given, by name. */
const given = (name: string) => [...app().machines.values()].map(({ secrets }) => secrets[name]);
const set = (values: Record<string, string>) => shop.stage.cloud.service(fly).world.setSecrets(app(), values);

const key = '-----BEGIN KEY-----\nhush-line-one#1\n  "hush" line two\n-----END KEY-----\n';

describe('secrets of the app', () => {
  it('are staged by stdin and live with the deploy, whole and unseen, in one release', async () => {
    const secrets = `API_KEY=hush#a b"c\nQUOTED="hush'd"\nSIGNING_KEY`;
    const result = await shop.deploy(
      { image: images.v3, checks: shopChecks, secrets },
      { sha: commits.v3, env: { SIGNING_KEY: key } },
    );
    expect(ended(result)).toBe('live/verified, serving new');
    expect(releases()).toBe(2);
    expect(given('API_KEY')).toEqual(['hush#a b"c', 'hush#a b"c']);
    expect(given('QUOTED')).toEqual([`"hush'd"`, `"hush'd"`]);
    expect(given('SIGNING_KEY')).toEqual([key, key]);
    expect(shop.mutations('fly').filter((route) => route === 'flaps.secrets.set')).toHaveLength(1);
    expect(shop.stage.flyctlCalls().filter((call) => call.startsWith('secrets'))).toEqual([
      'secrets import --stage --app shop',
    ]);
    expect(logOf(result)).not.toContain('hush');
    expect(annotations(result)).toEqual([]);
  });

  // Three and two deploys: a busy machine takes its time.
  const patience = 60_000;
  const ship = async (secrets: string) =>
    ended(await shop.deploy({ image: images.v3, secrets }, { sha: commits.v3 }));

  it(
    'make no second release while they are what they were, and one when they are not',
    async () => {
      shop.stage.cloud.service(fly).settings.rateLimits = false;
      expect(await ship('API_KEY=hush-one\nDB_URL=hush-two')).toBe('live/platform-only, serving new');

      const { lastSeq } = shop.stage.cloud.journal;
      expect(await ship('DB_URL=hush-two\nAPI_KEY=hush-one')).toBe('unchanged/already-live, serving new');
      expect(shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);

      expect(await ship('API_KEY=hush-other\nDB_URL=hush-two')).toBe('live/platform-only, serving new');
      expect(given('API_KEY')).toEqual(['hush-other', 'hush-other']);
    },
    patience,
  );

  it(
    'make a release when somebody has set one since',
    async () => {
      shop.stage.cloud.service(fly).settings.rateLimits = false;
      await ship('API_KEY=hush-one');
      set({ API_KEY: 'theirs' });
      expect(await ship('API_KEY=hush-one')).toBe('live/platform-only, serving new');
      expect(given('API_KEY')).toEqual(['hush-one', 'hush-one']);
      expect(releases()).toBe(3);
    },
    patience,
  );

  it('leave their mark in the ledger, which nobody can read a value from', async () => {
    await shop.deploy({ image: images.v3, secrets: 'API_KEY=hush-one' }, { sha: commits.v3 });
    const [intent = ''] = shop.entries('deployments.create').map(({ body }) => body);
    expect(JSON.parse(intent).payload.fingerprint.parts.secrets).toMatch(/^[\w-]{10}$/);
    expect(intent).not.toMatch(/API_KEY|hush/);
  });
});

describe('a deploy that fails after its secrets were staged', () => {
  it('restores the image only, and names the secrets whose values are gone', async () => {
    set({ API_KEY: 'hush-old', DB_URL: 'hush-same' });
    const secrets = 'API_KEY=hush-new\nDB_URL=hush-same\nADDED=hush-more';
    const result = await shop.deploy({ image: images.v2Error, checks: shopChecks, secrets });
    expect(ended(result)).toBe('restored/restored-image-only, serving old');
    expect(await shop.served()).toBe('v1');
    expect(given('API_KEY')).toEqual(['hush-new', 'hush-new']);
    expect(annotations(result)).toContain(
      'warning: The secrets API_KEY, ADDED were set anew, and Fly keeps no old values: the old version has the new.',
    );
    expect(result.job.summary).toContain('- The secrets API_KEY, ADDED were set anew');
  });

  it('restores in full when no secret has another value than before', async () => {
    set({ API_KEY: 'hush-same' });
    const inputs = { image: images.v2Error, checks: shopChecks, secrets: 'API_KEY=hush-same' };
    expect(ended(await shop.deploy(inputs))).toBe('restored/checks-failed, serving old');
  });

  it('names all of them when Fly does not tell what they were', async () => {
    set({ API_KEY: 'hush-same' });
    shop.stage.cloud.faults.add({ route: 'flaps.secrets.list', kind: 'status', status: 403 });
    const inputs = { image: images.v2Error, checks: shopChecks, secrets: 'API_KEY=hush-same' };
    const result = await shop.deploy(inputs);
    expect(ended(result)).toBe('restored/restored-image-only, serving old');
    expect(logOf(result)).toContain(
      'The secret API_KEY was set anew, and Fly keeps no old value: the old version has the new.',
    );
  });

  it('warns of what is staged when the old version never stopped serving', async () => {
    shop.stage.cloud.faults.add({ route: 'uiex.releases.create', kind: 'status', status: 503 });
    const result = await shop.deploy({ image: images.v3, secrets: 'API_KEY=hush-new' });
    expect(ended(result)).toBe('rejected/release-not-created, serving old');
    expect(annotations(result)).toContain(
      'warning: The secret API_KEY is staged: the old version gets the new value when a machine of it starts again. ' +
        'Fly keeps no old ones.',
    );
  });

  it.each([
    ['refused', { kind: 'status', status: 503 }, 'rejected/platform-error, serving old', []],
    [
      'refused because the token may not',
      { kind: 'status', status: 401 },
      'rejected/token-rejected, serving old',
      [],
    ],
    [
      'set, but the answer was lost',
      { kind: 'reset-after' },
      'rejected/platform-error, serving old',
      ['API_KEY'],
    ],
  ] as const)('ships nothing when they were %s', async (_what, fault, end, staged) => {
    shop.stage.cloud.faults.add({ route: 'flaps.secrets.set', ...fault });
    const result = await shop.deploy({ image: images.v3, secrets: 'API_KEY=hush-new' });
    expect(ended(result)).toBe(end);
    expect(releases()).toBe(1);
    expect(annotations(result).filter((line) => line.includes('API_KEY is staged'))).toHaveLength(
      staged.length,
    );
    expect(logOf(result)).not.toContain('hush');
  });
});

it('nothing is switched where somebody took the target back while they were staged', async () => {
  shop.stage.cloud.faults.add({ route: 'flaps.secrets.set', kind: 'delay', ms: 500 });
  const result = await shop.deploy(
    { image: images.v3, secrets: 'API_KEY=hush-new' },
    {
      onLine: ({ line }) => {
        if (line === 'Staging the secrets API_KEY.') void someoneRollsBack();
      },
    },
  );
  expect(ended(result)).toBe('stranded/superseded, serving old');
  expect(releases()).toBe(1);
  expect(shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy '))).toEqual([]);
  expect(annotations(result)).toEqual([
    'warning: The secret API_KEY is staged: the old version gets the new value when a machine of it starts again. Fly keeps no old ones.',
    'error: superseded: 🚨 Somebody else was at work meanwhile: fly:shop still serves v1 (stranded/superseded). ' +
      'A rollback, run 78 of ada, takes the target back. ' +
      'Next: Look at the run that made what serves now, and run this job again when it is over.',
  ]);
});

/** Opens the record of a rollback that another run begins, which GitHub shows at once. */
async function someoneRollsBack(): Promise<void> {
  const hub = shop.stage.cloud.service(github);
  const { owner, repository, token } = demo.github;
  hub.seedRun(`${owner}/${repository}`, { id: 78, headSha: commits.v1 });
  const payload = anIntent({ restores: 'v0', replaces: 'v1', run: '78', budgetMs: 600_000 });
  const body = { ref: commits.v1, task: 'belay:rollback', auto_merge: false, required_contexts: [], payload };
  await hub.handle(githubRequest('POST', `/repos/${owner}/${repository}/deployments`, { token, body }));
  hub.reveal();
}

describe('`required-secrets`', () => {
  it('fails before anything is changed when the app lacks one, and says how to set it', async () => {
    set({ DB_URL: 'x' });
    const result = await shop.deploy({ image: images.v3, 'required-secrets': 'DB_URL, API_KEY\nOTHER' });
    expect(ended(result)).toBe('error/secret-missing, serving unknown');
    expect(annotations(result)).toEqual([
      'error: secret-missing: shop has no secrets API_KEY, OTHER. `required-secrets` says that it cannot run without. ' +
        'Next: Run `fly secrets set --stage API_KEY=… OTHER=… --app shop`, or set it by `secrets` of this step.',
    ]);
    expect(shop.mutations()).toEqual([]);
  });

  it('counts those that this deploy sets', async () => {
    set({ DB_URL: 'x' });
    const inputs = { 'required-secrets': 'DB_URL, API_KEY', secrets: 'API_KEY=hush-one' };
    expect(ended(await shop.deploy({ image: images.v3, ...inputs }))).toBe('live/platform-only, serving new');
  });
});

it('a dry run names the secrets and sets none', async () => {
  const result = await shop.deploy({
    image: images.v3,
    secrets: 'A=hush-one\nB=hush-two',
    'dry-run': 'true',
  });
  expect(ended(result)).toBe('rehearsed/dry-run, serving old');
  expect(logOf(result)).toContain('It would stage the secrets A, B.');
  expect(logOf(result)).not.toContain('hush');
  expect(shop.mutations()).toEqual([]);
});

it.each([
  [
    'has no value',
    'A=1\nAPI_KEY=',
    '`secrets` line 2 gives API_KEY no value: there is no such secret, or it belongs to an environment that the job does not name.',
  ],
  [
    'has lines that flyctl would change',
    'PEM',
    '`secrets`: PEM has lines that end with CRLF, which flyctl would change; store it with LF.',
  ],
])('refuses a secret that %s, without showing it', async (_what, secrets, message) => {
  const result = await shop.deploy({ image: images.v3, secrets }, { env: { PEM: 'hush\r\nhush' } });
  expect(annotations(result)).toEqual([
    `error: input-invalid: ${message} Next: Correct \`secrets\` in the step's \`with:\`.`,
  ]);
  expect(logOf(result)).not.toContain('hush');
});
