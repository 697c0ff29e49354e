import { it } from 'vitest';
import { holdSchedules } from '../support/races/hold.ts';
import { rollbacksMeanwhile } from '../support/races/script.ts';

it('keeps every promise in schedules of deploys and rollbacks', async () => {
  await holdSchedules(rollbacksMeanwhile, {
    ...{ name: 'rollbacks meanwhile', runs: 1_500, seed: 20_261_130 },
    least: {
      ...{ greens: 500, 'waited for another': 100, restored: 50, killed: 50, cancelled: 50, superseded: 100 },
      ...{ 'passed one whose run was over': 1, 'passed one whose budget was over': 1 },
    },
  });
});
