import { escapeMarkdown, prose, table } from '../../../text/markdown.ts';
import type { Beside } from '../../open-platform.ts';
import { settingsAdvice } from '../api/settings-advice.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';
import { changedMeanwhile, runsOtherwise } from './changed.ts';

/**
 * The settings of a service that say what a green, and a change of releases, is worth, by the newest look. What has changed
 * since the first one is told, and what the deployment that serves runs with otherwise.
 */
export function besideOf(instance: WireServiceInstance, first: WireServiceInstance): Beside {
  const warnings = [
    ...settingsAdvice(instance),
    ...changedMeanwhile(first, instance),
    ...runsOtherwise(instance),
  ];
  return { left: [], warnings, markdown: markdownOf(instance, warnings) };
}

function markdownOf(instance: WireServiceInstance, warnings: readonly string[]): string {
  const {
    healthcheckPath = '',
    healthcheckTimeout = 300,
    overlapSeconds = 0,
    drainingSeconds = 0,
  } = instance;
  const rows: readonly (readonly [string, string])[] = [
    [
      'Health check',
      healthcheckPath === '' ? 'none' : `${healthcheckPath}, for at most ${healthcheckTimeout} s`,
    ],
    ['Start command', instance.startCommand ?? 'as the build found it'],
    ['Dockerfile', instance.dockerfilePath ?? 'as the build found it'],
    ['Overlap of old and new', `${overlapSeconds} s`],
    ['Drain of the old one', `${drainingSeconds} s`],
    [
      'Restarts',
      `${instance.restartPolicyType ?? 'ON_FAILURE'}, at most ${instance.restartPolicyMaxRetries ?? 10}`,
    ],
  ];
  const settings = table(
    ['Setting', 'In force'],
    rows.map((row) => row.map((cell) => escapeMarkdown(cell))),
  );
  return [settings, warnings.map((warning) => `- ⚠️ ${prose(warning)}`).join('\n')]
    .filter((text) => text !== '')
    .join('\n\n');
}
