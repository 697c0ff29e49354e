import { commandScenarios } from './command-scenarios.ts';
import { deployScenarios } from './deploy-scenarios.ts';
import { failedCallScenarios } from './failed-call-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { strategyScenarios } from './strategy-scenarios.ts';
import { unkindScenarios } from './unkind-scenarios.ts';

/** All that the real flyctl is recorded doing. */
export const scenarios: readonly Scenario[] = [
  ...commandScenarios,
  ...deployScenarios,
  ...strategyScenarios,
  ...unkindScenarios,
  ...failedCallScenarios,
];
