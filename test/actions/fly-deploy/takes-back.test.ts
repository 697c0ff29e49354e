import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();

/** Image and environment of every machine, by the machines' own word. */
function fleet(): readonly object[] {
  const machines = shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? [];
  return [...machines]
    .filter(({ state }) => state !== 'destroyed')
    .map(({ state, imageRef, config }) => ({ state, digest: imageRef.digest, color: config.env?.COLOR }));
}

/** Both machines as they were before the deploy, and nothing of its fly.toml left on them. */
function asBefore(): readonly object[] {
  const digest = shop.stage.cloud.images.resolve(images.v1)?.digest;
  return [1, 2].map(() => ({ state: 'started', digest, color: undefined }));
}

/** A fly.toml that differs from the one that was deployed before, with `more` at its end. */
function newConfig(more = ''): string {
  const file = join(shop.stage.workspace, 'new.toml');
  const service =
    '[http_service]\n  internal_port = 8080\n\n  [[http_service.checks]]\n    interval = "1s"\n';
  const check = '    timeout = "2s"\n    path = "/healthz"\n';
  writeFileSync(file, `app = "shop"\n\n[env]\n  COLOR = "new"\n\n${service}${check}${more}`);
  return 'new.toml';
}

const deploysBegun = () => shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy ')).length;

const releaseCommand = '\n[deploy]\n  release_command = "migrate"\n';

describe('a failed deploy is taken back in full', () => {
  it('when a rolling deploy stopped at its first unhealthy machine and left a mixed fleet', async () => {
    const result = await shop.deploy({ image: images.v2Broken, config: newConfig() });
    expect(ended(result)).toBe('restored/platform-only, serving old');
    expect([await shop.served(), fleet()]).toEqual(['v1', asBefore()]);
    const [, , deployed, restored] = shop.stage.flyctlCalls();
    expect(deployed).toMatch(
      /^deploy --app shop --config \S+\/new\.toml --image registry\.fly\.io\/shop@sha256:/,
    );
    expect(restored).toMatch(
      /^deploy --app shop --config \S+\/v1\.json --image \S+@sha256:\w+ --strategy rolling .*--skip-release-command/,
    );
  });

  it('when `immediate` replaced every machine and none became healthy in our own wait', async () => {
    const result = await shop.deploy({ image: images.v2Broken, strategy: 'immediate', config: newConfig() });
    expect(ended(result)).toBe('restored/platform-only, serving old');
    expect([await shop.served(), fleet()]).toEqual(['v1', asBefore()]);
    expect(logOf(result)).toContain('settle: v2 was not healthy after 3 s');
  });

  it('when the new version crashes as it starts', async () => {
    const result = await shop.deploy({ image: images.v2Crash, checks: shopChecks });
    expect(ended(result)).toBe('restored/crashed, serving old');
    expect([await shop.served(), fleet()]).toEqual(['v1', asBefore()]);
  });

  it('and proved to be the commit it was built from, not the one that failed', async () => {
    const checks = `release: { path: /version.json, jsonpath: $.commit }\nchecks:\n${shopChecks.replace(/^/gm, '  ')}`;
    await shop.deploy({ image: images.v1, checks }, { sha: commits.v1 });
    const result = await shop.deploy({ image: images.v2Error, checks }, { sha: commits.v2 });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(logOf(result)).toContain('verify restored: pass: 3 of 3 gate checks passed');
  });

  it('when only the checks find that it is broken', async () => {
    const result = await shop.deploy({ image: images.v2Error, checks: shopChecks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect([await shop.served(), fleet()]).toEqual(['v1', asBefore()]);
    expect(annotations(result)).toEqual([
      'error: checks-failed: ↩️ Taken back: fly:shop serves v3 (v1 again) (restored/checks-failed). ' +
        '1 of 2 gate checks passed, 1 failed; home: status: expected equals 200, got 500. ' +
        'Next: Read the failing check’s evidence in the summary.',
    ]);
    // Fly calls its machines healthy, so the evidence is what they logged when they were asked.
    expect(logOf(result)).toMatch(/^machine \w+ \(v2, iad\): started, 1 of 1 checks passing$/m);
    expect(logOf(result)).toMatch(/^ {4}\S+Z GET \/ 500$/m);
  });

  it('even where a check of something new fails on the old version, as it did before', async () => {
    const newPage = '- name: new page\n  http: GET /new\n  expect: { status: 200 }\n';
    const result = await shop.deploy({ image: images.v2Error, checks: `${shopChecks}${newPage}` });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(await shop.served()).toBe('v1');
    expect(logOf(result)).toContain('verify restored: pass: 2 of 2 gate checks passed');
  });

  it('but for what its release command did, and says so', async () => {
    const config = newConfig(releaseCommand);
    const result = await shop.deploy({ image: images.v2Error, config, checks: shopChecks });
    expect(ended(result)).toBe('restored/restored-image-only, serving old');
    expect([await shop.served(), fleet()]).toEqual(['v1', asBefore()]);
    expect(result.job.summary).toContain(
      'The release command `migrate` of the new version ran and is not undone.',
    );
    // The release command's own machine is the only one that was ever created, so it ran once.
    expect(shop.mutations('fly').filter((route) => route === 'flaps.machines.create')).toHaveLength(1);
  });
});

describe('a failed deploy is not taken back', () => {
  it('when its release command failed: the old version never stopped serving', async () => {
    const config = newConfig(releaseCommand);
    const result = await shop.deploy({ image: images.v2MigrationFails, config, checks: shopChecks });
    expect(ended(result)).toBe('rejected/release-command-failed, serving old');
    expect([await shop.served(), fleet()]).toEqual(['v1', asBefore()]);
    expect(shop.mutations('fly')).not.toContain('flaps.machines.update');
    expect(logOf(result)).toContain('migration 0007 failed: column exists');
  });

  it('with `on-failure: none`: a rolling deploy that stopped half way leaves a mixed fleet', async () => {
    const result = await shop.deploy({ image: images.v2Crash, checks: shopChecks, 'on-failure': 'none' });
    expect(ended(result)).toBe('stranded/on-failure-none, serving mixed');
    expect(deploysBegun()).toBe(1);
  });

  it('with a rollback barrier', async () => {
    const barrier = { 'rollback-barrier': 'true' };
    const result = await shop.deploy({ image: images.v2Error, checks: shopChecks, ...barrier });
    expect(ended(result)).toBe('stranded/barrier, serving new');
    expect(await shop.served()).toBe('v2');
    expect(deploysBegun()).toBe(1);
  });
});

describe('the evidence of a failed deploy', () => {
  const said = Array.from({ length: 150 }, (_, line) => `line ${line + 1}`).join('\n');

  it('is the failing machine’s checks, its exit and its last 100 log lines', async () => {
    const env = { VERSION: 'v2', SHOP_SAYS: said, SHOP_CRASH_AT_START: 'true' };
    const { ref } = shop.stage.cloud.images.put('registry.fly.io/shop:talks', {
      app: 'shop',
      env,
      labels: {},
    });
    const result = await shop.deploy({ image: ref });
    const log = logOf(result);
    expect(log).toMatch(/^machine \w+ \(v2, iad\): \w+, exited with code 1, restart \d$/m);
    expect(log).toMatch(/^ {2}last exit: exited with code 1, restart \d$/m);
    expect(log).toMatch(/^ {2}check servicecheck-00-http-8080: critical\b/m);
    expect(log).toMatch(/^ {2}last 100 log lines:$/m);
    expect(log.match(/^ {4}\S+Z (line \d+|fatal: .*)$/gm)).toHaveLength(100);
  });
});
