import { it } from 'vitest';
import { holdSchedules } from '../support/races/hold.ts';
import { rollbacksMeanwhile } from '../support/races/script.ts';

it('keeps every promise in schedules of deploys and rollbacks', async () => {
  await holdSchedules(rollbacksMeanwhile, {
    name: 'rollbacks meanwhile',
    runs: 1_500,
    seed: 20_261_130,
    least: {
      'calm ones': 200,
      greens: 1_000,
      'waited for another': 400,
      restored: 200,
      'passed one whose run was over': 8,
      'passed one whose budget was over': 8,
      superseded: 400,
      killed: 120,
      cancelled: 100,
      'with a stranger': 100,
    },
  });
});
