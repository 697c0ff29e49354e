import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';
import { addUnmanagedMachine, adopt } from '../../support/unmanaged-machines.ts';

const shop = shopStage();
const emulator = () => shop.stage.cloud.service(fly);
const add = (config?: { services: [] }) =>
  addUnmanagedMachine(emulator(), { image: images.v1, ...(config === undefined ? {} : { config }) });
const deploy = (inputs: Readonly<Record<string, string>> = {}) =>
  shop.deploy({ image: images.v3, ...inputs }, { sha: commits.v3 });
const platformOnly =
  'warning: The release serves by the platform’s own account; no checks were given to prove it.';

describe('a deploy beside a machine that flyctl does not manage and that answers on the app’s ports', () => {
  it('is refused before anything is changed, and names the three ways on', async () => {
    const { id } = await add();
    const result = await deploy({ force: 'older-than-live', 'override-reason': 'now' });
    expect(ended(result)).toBe('blocked/unmanaged-machines, serving mixed');
    expect(annotations(result)).toEqual([
      expect.stringContaining(
        `1 machine that the platform’s client does not manage answers on the target’s ports: ${id} (started, image shop:v1, port 80 and 443).`,
      ),
    ]);
    for (const way of [
      `fly machine update ${id} --app shop --metadata fly_platform_version=v2 --metadata fly_process_group=app --yes`,
      `fly machine destroy ${id} --app shop --force`,
      `accept-machines: ${id}`,
    ])
      expect(annotations(result)[0]).toContain(way);
    expect([shop.mutations(), await shop.served()]).toEqual([[], 'v1']);
  });

  it('is refused in a dry run as well', async () => {
    const { id } = await add();
    const result = await deploy({ 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving mixed');
    expect(logOf(result)).toContain(`It would be blocked (blocked/unmanaged-machines): 1 machine`);
    expect(logOf(result)).toContain(`fly:shop serves v1 and ${id}, which nobody manages.`);
  });

  it('goes on where it is accepted, which keeps it in the log and the summary', async () => {
    const { id } = await add();
    const result = await deploy({ 'accept-machines': id });
    const told = `machine ${id}, accepted, serves beside the release: image shop:v1, port 80 and 443`;
    expect(ended(result)).toBe('live/platform-only, serving new');
    // Its name is code there: GitHub would take it for a commit.
    const summary = result.main.summary.replaceAll(`\`${id}\``, id);
    expect([logOf(result).split(told).length, summary.split(told).length]).toEqual([2, 2]);
    expect([annotations(result), await shop.served()]).toEqual([[platformOnly], 'v1 v3']);
  });

  it('is taken back where a check meets what was accepted, and says what serves', async () => {
    const { id } = await add();
    const checks = Array.from(
      { length: 6 },
      (_, at) => `- { name: build ${at}, http: GET /version.json, expect: { body: { contains: v3 } } }`,
    ).join('\n');
    const result = await deploy({ 'accept-machines': id, checks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
  });

  it('goes on once it is managed: it is deployed to like the others', async () => {
    await adopt(emulator(), await add());
    const result = await deploy({ checks: shopChecks });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(await shop.served()).toBe('v3');
  });

  it('goes on once it is gone', async () => {
    const machine = await add();
    emulator().world.fleet.destroy(machine, true);
    await emulator().settled();
    expect(ended(await deploy())).toBe('live/platform-only, serving new');
  });
});

describe('a deploy beside a machine that flyctl does not manage and that serves nobody', () => {
  it('is told of it, folded, and ends as it would without', async () => {
    const { id } = await add({ services: [] });
    const result = await deploy({ checks: shopChecks });
    const told = `machine ${id} is not managed by flyctl and takes no requests on a port of the app: started, image shop:v1`;
    expect(ended(result)).toBe('live/verified, serving new');
    expect(logOf(result)).toContain(told);
    expect(result.main.summary).toContain(
      `<details><summary>Machines that flyctl does not manage</summary>\n\n\n- ${told.replace(id, `\`${id}\``)}\n`,
    );
    expect(annotations(result)).toEqual([]);
  });
});

describe('`accept-machines`', () => {
  it('warns of an id that the app does not have, and of one that is managed', async () => {
    const [first] = emulator().world.apps.get(demo.fly.app)?.machines.keys() ?? [];
    const result = await deploy({ 'accept-machines': `148e272b9e0d89\n${first}` });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(annotations(result).toSorted()).toEqual(
      [
        platformOnly,
        'warning: `accept-machines` names 148e272b9e0d89, and shop has no such machine.',
        `warning: \`accept-machines\` names ${first}, which flyctl manages: it is deployed to like the others.`,
      ].toSorted(),
    );
  });

  it('is no input of a review app, and takes ids alone', async () => {
    const inputs = { 'review-app': 'true', 'fly-org': 'demo', 'fly-app': '' };
    const review = await deploy({ ...inputs, 'accept-machines': '148e272b9e0d89' });
    expect(logOf(review)).toContain(
      '`accept-machines` has no meaning with `review-app`: a new app has no machines to choose from.',
    );
    expect(logOf(await deploy({ 'accept-machines': 'all' }))).toContain(
      '`accept-machines` line 1 is "all"; it must be a machine id such as 148e272b9e0d89.',
    );
  });
});
