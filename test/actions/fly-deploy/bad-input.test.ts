import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { annotations, ended, logOf, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();

it('reports all bad inputs at once, each with what would be legal', async () => {
  const result = await shop.stage.run('fly-deploy', {
    strategy: 'roling',
    'flyctl-version': 'newest',
    'flyctl-sha256': 'c3b5ed',
    'on-failure': 'retry',
    timeout: '20',
    'wait-timeout': 'soon',
    'restore-timeout': '500ms',
    'dry-run': 'yes',
    'build-args': 'A B',
    'check-secrets': 'MISSING',
    force: 'older-than-life',
    args: '--detach\n--strategy=canary\n--max-concurrent=2',
  });
  expect(ended(result)).toBe('error/input-invalid, serving unknown');
  const names =
    '`flyctl-version`, `flyctl-sha256`, `wait-timeout`, `build-args`, `strategy`, `check-secrets`, `on-failure`, ' +
    '`timeout`, `restore-timeout`, `force`, `dry-run`, `fly-app`, `fly-token`, `args`';
  expect(annotations(result)).toEqual([
    `error: input-invalid: 14 inputs cannot be used: ${names}. Next: Correct ${names} in the step's \`with:\`.`,
  ]);
  expect(detailsOf(result)).toEqual([
    '`flyctl-version` is "newest"; it must be a version such as 0.4.85, latest, or path.',
    '`flyctl-sha256` is "c3b5ed"; it must be 64 hexadecimal digits.',
    '`wait-timeout` is "soon", which is not a duration. Write 500ms, 90s, 5m or 1h30m.',
    '`build-args` line 1 is "A B", which has no "=". Write NAME=VALUE.',
    '`strategy` is "roling"; it must be one of: rolling, canary, bluegreen, immediate. Did you mean rolling?',
    "`check-secrets` line 1 names MISSING, which the step's env does not set. Write NAME=VALUE, or set it.",
    '`on-failure` is "retry"; it must be one of: restore, none.',
    '`timeout` is "20", which has no unit. Write 20s, 20m or 20h.',
    '`restore-timeout` is 500ms; it must be at least 1s.',
    '`force` names "older-than-life", which is no gate. These may be passed, by commas or lines: older-than-live. Did you mean older-than-live?',
    '`dry-run` is "yes"; it must be one of: true, false.',
    '`fly-app` is required and was not given.',
    '`fly-token` is empty, and FLY_API_TOKEN is not set. GitHub gives an empty text for a secret that does not exist under the name, that belongs to an environment which the job does not name, or that was not passed to a reusable workflow.',
    '`args` holds --detach, --strategy, which Belay sets itself.',
  ]);
  expect(shop.stage.cloud.journal.entries()).toEqual([]);
});

const emptyToken = (why: string, next: string) =>
  `error: input-invalid: \`fly-token\` is empty, and FLY_API_TOKEN is not set. ${why} Next: ${next}`;

it.each(['deploy', 'rollback'] as const)(
  'an empty token of a %s is told with where it may have gone, and a stranger’s run with why it has none',
  async (action) => {
    const given = { ...(action === 'deploy' ? { image: images.v3 } : {}), 'fly-token': '' };
    expect(annotations(await shop[action](given))).toEqual([
      emptyToken(
        'GitHub gives an empty text for a secret that does not exist under the name, that belongs to an environment which the job does not name, or that was not passed to a reusable workflow.',
        'Create the secret under the name that the step reads, name its environment in `environment:` of the job, or pass it on with `secrets: inherit`.',
      ),
    ]);
    const ofFork = {
      event_name: 'pull_request',
      event: {
        repository: { full_name: 'acme/shop' },
        pull_request: { head: { repo: { full_name: 'eve/shop' } } },
      },
    };
    expect(annotations(await shop[action](given, { github: ofFork }))).toEqual([
      emptyToken(
        'This run was started by a pull request from a fork. Such runs get none of the repository’s secrets, and never deploy.',
        'Deploy from a branch of this repository.',
      ),
    ]);
    expect(shop.stage.cloud.journal.entries()).toEqual([]);
  },
);

/** What stands in the fold below the failure line. */
function detailsOf({ main }: ActionResult): readonly string[] {
  const lines = main.log.map(({ line }) => line);
  const from = lines.findIndex((line) => line.startsWith('##[group]Details of '));
  return from < 0 ? [] : lines.slice(from + 1, lines.indexOf('##[endgroup]', from));
}

it.each([
  [
    '--regions=iad\n--exclude-machines=a1',
    '`args` holds --regions, for which there are inputs of the same name. `args` holds --exclude-machines, which would leave machines on the old release: one that serves only in part is neither live nor taken back.',
  ],
  [
    '--process-groups=app\n--detach',
    '`args` holds --detach, which Belay sets itself. `args` holds --process-groups, for which there are inputs of the same name.',
  ],
  [
    '--update-only',
    '`args` holds --update-only, which would leave new process groups without machines: the release would serve only in part.',
  ],
  [
    '--skip-release-command=true',
    '`args` holds --skip-release-command, which would let a release serve without what its fly.toml says must run first.',
  ],
  [
    '-iregistry.fly.io/shop:v1\n-ycother.toml\n--\n-e\nA=B',
    '`args` holds -iregistry.fly.io/shop:v1, -ycother.toml, --, -e: write flags in their long form, one a line.',
  ],
])('refuses %j among the arguments of flyctl, and says why', async (args, why) => {
  const result = await shop.deploy({ image: images.v3, args });
  expect(ended(result)).toBe('error/input-invalid, serving unknown');
  expect(logOf(result)).toContain(why);
  expect(shop.stage.cloud.journal.entries()).toEqual([]);
});

interface Row {
  readonly what: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** The failure line, with `{workspace}` for the job's folder. */
  readonly line: string;
  readonly details?: readonly string[];
}

const rows: readonly Row[] = [
  {
    what: 'a flyctl that was never released',
    inputs: { 'flyctl-version': '0.3.999' },
    line:
      'install-failed: flyctl 0.3.999 has no flyctl_0.3.999_Linux_x86_64.tar.gz to download (404). There was never ' +
      'such a version, or its publisher has withdrawn it. Next: Set flyctl-version to a version that exists, such as 0.4.85.',
  },
  {
    what: 'a GitHub token for Fly',
    inputs: { 'fly-token': 'ghp_0123456789abcdefghijklmnopqrstuvwxyzAB' },
    line:
      'token-kind: `fly-token` holds a GitHub token. Fly tokens begin with `FlyV1 fm2_` (made by `fly tokens create`) ' +
      'or `fo1_`. Next: Create one with `fly tokens create deploy --app <app>` and store it as the secret this job reads.',
  },
  {
    what: 'a token that Fly does not know',
    inputs: { 'fly-token': 'FlyV1 fm2_lJPECAAAAAAAAWRrxBC' },
    line:
      'token-rejected: Fly refused the token (401): You must be authenticated to view this. It has expired, was revoked, ' +
      'or was cut off when it was stored (a blank follows `FlyV1`). ' +
      'Next: Run `fly tokens create deploy --app shop` and store its whole output as the secret.',
  },
  {
    what: 'an app that does not exist',
    inputs: { 'fly-app': 'shopp' },
    line:
      'app-not-found: Fly knows no app `shopp` for this token. Fly answers the same for an app that does not exist and ' +
      'for one of another organization. Next: Correct `fly-app`, make the app with `fly apps create shopp`, or use a ' +
      'token of the organization that owns it.',
  },
  {
    what: 'an image that was never pushed',
    inputs: { image: 'registry.fly.io/shop:v9' },
    line:
      'image-not-found: Fly finds no image `registry.fly.io/shop:v9`. It was never pushed, was pruned, or lies in a ' +
      'registry that Fly may not read. Next: Push the image before this step, or correct `image`.',
  },
  {
    what: 'a fly.toml that is not valid',
    inputs: { config: 'bad.toml' },
    line:
      'config-invalid: flyctl ended with exit code 1: App configuration is not valid. `flyctl config validate` refuses ' +
      '{workspace}/bad.toml. Next: Correct the file at the place named below.',
    details: [
      'Validating {workspace}/bad.toml',
      '',
      '   ✘Invalid TOML document: illegal character in key',
      '',
      '1:  app = "shop"',
      '2:  [http_service',
      '                 ^',
      '3:    internal_port = 8080',
      '',
      'Error: App configuration is not valid',
    ],
  },
  {
    what: 'a file of checks that is not there',
    inputs: { checks: 'smoke.yml' },
    line:
      'checks-invalid: The checks cannot be used: No file matches "smoke.yml" in {workspace}. ' +
      'Next: Correct the places named below.',
    details: ['No file matches "smoke.yml" in {workspace}.'],
  },
  {
    what: 'checks with mistakes',
    inputs: { checks: 'checks/*.yml' },
    line:
      'checks-invalid: The checks have 2 problems; the first: checks/shop.yml:5:5: Unknown key `expects` in a ' +
      'check. Did you mean `expect`? Write `expect: { status: 200 }`. Next: Correct the places named below.',
    details: [
      'checks/shop.yml:5:5: Unknown key `expects` in a check. Did you mean `expect`? Write `expect: { status: 200 }`.',
      'checks/shop.yml:6:5: A check of type `http` needs `expect`: without an assertion it proves nothing.',
    ],
  },
];

it.each(rows)('names $what, what is known of it, and what to do', async ({ inputs, line, details = [] }) => {
  const { workspace } = shop.stage;
  writeFileSync(join(workspace, 'bad.toml'), 'app = "shop"\n[http_service\n  internal_port = 8080\n');
  mkdirSync(join(workspace, 'checks'), { recursive: true });
  writeFileSync(
    join(workspace, 'checks/shop.yml'),
    'version: 1\nchecks:\n  - name: home\n    http: GET /\n    expects: { status: 200 }\n  - name: no proof\n    http: /\n',
  );
  const result = await shop.deploy({ image: images.v3, ...inputs });
  const placed = (text: string) => text.replaceAll('{workspace}', workspace);
  expect(annotations(result)).toEqual([`error: ${placed(line)}`]);
  expect(detailsOf(result)).toEqual(details.map(placed));
  expect(ended(result)).toBe(`error/${line.split(':')[0]}, serving unknown`);
  expect(shop.mutations()).toEqual([]);
});
