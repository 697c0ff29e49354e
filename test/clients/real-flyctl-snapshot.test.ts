import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { openStage, type Stage } from '../../scripts/stage.ts';

const { path, why } = findFlyctl();

describe.skipIf(path === undefined)(
  `data saved before the real flyctl migrates${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
      stage.cloud
        .service(fly)
        .createApp({ name: 'shop-db', image: images.postgres, postgres: true, volume: 'pg_data' });
      const config = `app = "${demo.fly.app}"\n[http_service]\n  internal_port = 8080\n`;
      writeFileSync(join(stage.workspace, 'fly.toml'), `${config}[deploy]\n  release_command = "migrate"\n`);
    });
    afterAll(() => stage.close());

    const deploy = (inputs: Readonly<Record<string, string>>) =>
      stage.run(
        'fly-deploy',
        {
          'fly-app': demo.fly.app,
          'fly-token': demo.fly.token,
          'wait-timeout': '10s',
          image: images.v3,
          snapshot: 'shop-db',
          ...inputs,
        },
        { sha: commits.v3 },
      );

    /** The routes that tell the story, in the order they were first asked for. */
    const told = () => {
      const routes = stage.cloud.journal.entries().map(({ route }) => route);
      const wanted = ['flaps.snapshots.create', 'uiex.releases.create', 'flaps.machines.create'];
      return [...new Set(routes)].filter((route) => route !== null && wanted.includes(route));
    };

    it('a snapshot that never finishes keeps flyctl from being started', async () => {
      stage.cloud.service(fly).settings.snapshotMs = Number.POSITIVE_INFINITY;
      const { main } = await deploy({ 'snapshot-timeout': '2s' });
      expect([main.outputs.outcome, main.outputs.reason]).toEqual(['rejected', 'snapshot-timeout']);
      expect(told()).toEqual(['flaps.snapshots.create']);
      stage.cloud.service(fly).settings.snapshotMs = 500;
    });

    it('a snapshot that is whole lets it make its release and run its release command', async () => {
      const { main } = await deploy({});
      expect([main.outputs.outcome, main.outputs.serving]).toEqual(['live', 'new']);
      expect(main.outputs['snapshot-id']).toMatch(/^vs_/);
      expect(told()).toEqual(['flaps.snapshots.create', 'uiex.releases.create', 'flaps.machines.create']);
    });
  },
);
