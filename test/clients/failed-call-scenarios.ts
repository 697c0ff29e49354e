import { answers, deploy, type Scenario, tomlWith } from './scenario.ts';

const rolling = tomlWith('  strategy = "rolling"');
const bluegreen = tomlWith('  strategy = "bluegreen"');

/** Of both machines, and no more. */
const both = { count: 2 };

/** One call of a deploy fails that has got far: what flyctl gives up for, and what it shrugs off. */
export const failedCallScenarios: readonly Scenario[] = [
  {
    name: 'deploy-update-answer-lost',
    argv: deploy(),
    config: rolling,
    faults: [{ route: 'flaps.machines.update', kind: 'reset-after', nth: 1 }],
  },
  {
    name: 'deploy-wait-refused-once',
    argv: deploy(),
    config: rolling,
    faults: [answers('flaps.machines.wait', 429, { error: 'rate limit exceeded' }, { nth: 1 })],
  },
  {
    name: 'deploy-wait-refused',
    argv: deploy(),
    config: rolling,
    faults: [answers('flaps.machines.wait', 500, { error: 'internal error' })],
  },
  {
    name: 'deploy-smoke-look-refused',
    argv: deploy(),
    config: rolling,
    faults: [answers('flaps.machines.get', 500, { error: 'internal error' }, { nth: 1 })],
  },
  {
    name: 'deploy-health-look-refused',
    argv: deploy(),
    config: rolling,
    faults: [answers('flaps.machines.get', 500, { error: 'internal error' }, { nth: 2 })],
  },
  {
    name: 'deploy-bluegreen-tag-refused',
    argv: deploy(),
    config: bluegreen,
    unordered: true,
    faults: [answers('flaps.metadata.set', 422, { error: 'refused' }, both)],
  },
  {
    name: 'deploy-bluegreen-cordon-refused',
    argv: deploy(),
    config: bluegreen,
    unordered: true,
    faults: [answers('flaps.machines.cordon', 422, { error: 'refused' }, both)],
  },
  {
    name: 'deploy-bluegreen-stop-refused',
    argv: deploy(),
    config: bluegreen,
    unordered: true,
    faults: [answers('flaps.machines.stop', 422, { error: 'refused' }, both)],
  },
  {
    name: 'deploy-bluegreen-destroy-refused',
    argv: deploy(),
    config: bluegreen,
    unordered: true,
    faults: [answers('flaps.machines.destroy', 422, { error: 'refused' }, both)],
  },
];
