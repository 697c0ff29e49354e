import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { playScene } from '../../scripts/pictures/scenes.ts';
import { seenOf } from '../../scripts/pictures/seen.ts';
import { root } from '../../scripts/root.ts';

it('the README’s pictures show what a deploy that is taken back says today', async () => {
  const { html } = await playScene('restored');
  const beside = readFileSync(join(root, 'docs', 'pictures', 'restored.txt'), 'utf8');
  expect(beside.replace(/^restored-.*\n/gm, ''), 'take them anew: npm run pictures').toBe(seenOf(html));
}, 120_000);
