import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tasks } from '../../packages/core/src/ledger/fold.ts';
import {
  reviewAppName,
  reviewAppOwnerLabel,
  secondReviewAppName,
} from '../../packages/core/src/platforms/fly/review/review-app.ts';
import { root } from '../../scripts/root.ts';

const page = readFileSync(join(root, 'docs', 'leaving.md'), 'utf8');
const cellOf = (row: string) => new RegExp(`^\\| ${row} \\| (.*?) \\|`, 'm').exec(page)?.[1];
const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``);

describe('the page of leaving', () => {
  it('names the records of every task, and deletes them', () => {
    const all = Object.values(tasks);
    expect(cellOf('records')).toBe(
      `deployments of the repository, with \`task\` ${listed(all).join(' and ')}`,
    );
    expect(/^for task in (.*); do$/m.exec(page)?.[1]?.split(' ')).toEqual(all);
    expect(page).toContain('deployments?task=$task"');
  });

  it('names every name that a review app can have, and the secret that tells them from others', () => {
    const repository = { owner: 'ada', name: 'shop', id: '123' };
    const one = { repository, number: 7, service: undefined };
    const shown = (name: string) =>
      name
        .replace('7', '<number>')
        .replace('shop', '<repository>')
        .replace('web', '<service>')
        .replace(/-[0-9a-f]{8}$/, '-<hash>');
    const names = [one, { ...one, service: 'web' }].flatMap((subject) => [
      shown(reviewAppName(subject)),
      shown(secondReviewAppName(subject)),
    ]);
    const mark = reviewAppOwnerLabel('<repository id>', 7).replace('7', '<number>');
    expect(cellOf('review apps')).toBe(
      `Fly apps called ${listed(names).join(', ')}: those that have a secret \`${mark}\``,
    );
  });
});
