import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { LogLine } from '#local-runner';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { previewStage } from '../../support/preview-stage.ts';
import { homeCheck } from '../../support/railway-stage.ts';
import { ended, logOf } from '../../support/shop-stage.ts';

const preview = previewStage('create');
const checks = homeCheck;

it('a job that is cancelled once its environment is made leaves one, and the next run deploys to it', async () => {
  const cancel = new AbortController();
  const onLine = ({ line }: LogLine) => line.startsWith('Made the environment') && cancel.abort();
  const result = await preview.on('opened', { checks }, { signal: cancel.signal, onLine });
  expect(ended(result), logOf(result)).toMatch(/^cancelled\/cancelled, serving (nothing|unknown)$/);
  expect([preview.environments().length, await preview.page()]).toEqual([1, []]);
  const next = await preview.on('synchronize', { checks });
  expect([ended(next), preview.environments().length]).toEqual(['live/verified, serving new', 1]);
});

it.skipIf(!existsSync('/proc'))(
  'a step that is killed with its environment made has post say what serves there',
  async () => {
    const onLine = ({ line }: LogLine) =>
      line.startsWith('Made the environment') &&
      signalTo(bundleProcess('index.js', preview.shop.stage.temp), 'SIGKILL');
    const killed = await preview.on('opened', { checks }, { onLine });
    const said = killed.post?.annotations.map(({ message }) => message).join('\n');
    expect(said).toMatch(/The step was killed .* serves nothing\. Next: /);
    expect(killed.job.orphans).toEqual([]);
  },
);

it('what no record proves to be made for it stays when its pull request is closed, and is named', async () => {
  const cancel = new AbortController();
  const onLine = ({ line }: LogLine) => line.startsWith('Made the environment') && cancel.abort();
  await preview.on('opened', { checks }, { signal: cancel.signal, onLine });
  await preview.closePull();
  const closed = await preview.on('closed');
  expect([ended(closed), preview.environments().length]).toEqual(['done/preview-absent, serving unknown', 1]);
  expect(closed.main.annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Railway has an environment shop-pr-7-\w+, and no deployment record proves/),
  ]);
});

it('leaves nothing of a deploy that was under way when its pull request was closed', async () => {
  let closing: Promise<unknown> | undefined;
  const onLine = ({ line }: LogLine) => {
    if (line.startsWith('✓ home')) closing ??= preview.closePull();
  };
  const result = await preview.on('opened', { checks }, { onLine });
  await closing;
  expect([ended(result), preview.environments()]).toEqual(['done/preview-removed, serving nothing', []]);
});
