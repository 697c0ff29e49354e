import { it } from 'vitest';
import { holdSchedules } from '../support/races/hold.ts';
import { deploysAtOnce } from '../support/races/script.ts';

it('keeps every promise in schedules of deploys at once', async () => {
  await holdSchedules(deploysAtOnce, {
    ...{ name: 'deploys at once', runs: 1_500, seed: 20_261_129 },
    least: {
      ...{ greens: 500, 'waited for another': 500, restored: 100, killed: 50, cancelled: 50 },
      ...{ 'passed one whose run was over': 10, 'passed one whose budget was over': 10, superseded: 20 },
    },
  });
});
