import { deploy, type Scenario, tomlWith } from './scenario.ts';

const canary = tomlWith('  strategy = "canary"');
const bluegreen = tomlWith('  strategy = "bluegreen"');

export const strategyScenarios: readonly Scenario[] = [
  { name: 'deploy-canary', argv: deploy(), config: canary },
  { name: 'deploy-bluegreen', argv: deploy(), config: bluegreen, unordered: true },
];
