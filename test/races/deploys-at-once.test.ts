import { it } from 'vitest';
import { holdSchedules } from '../support/races/hold.ts';
import { deploysAtOnce } from '../support/races/script.ts';

it('keeps every promise in schedules of deploys at once', async () => {
  await holdSchedules(deploysAtOnce, {
    name: 'deploys at once',
    runs: 1_500,
    seed: 20_261_129,
    least: {
      'calm ones': 200,
      greens: 1_000,
      'waited for another': 1_000,
      restored: 600,
      'passed one whose run was over': 40,
      'passed one whose budget was over': 25,
      superseded: 50,
      killed: 150,
      cancelled: 100,
      'with a stranger': 100,
    },
  });
});
