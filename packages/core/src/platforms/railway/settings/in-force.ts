import { escapeMarkdown, table } from '../../../text/markdown.ts';
import type { Beside } from '../../open-platform.ts';
import { settingsAdvice } from '../api/settings-advice.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';

/** The settings of a service that say what a green, and a change of releases, is worth. */
export function besideOf(instance: WireServiceInstance): Beside {
  return { left: [], warnings: settingsAdvice(instance), markdown: markdownOf(instance) };
}

function markdownOf(instance: WireServiceInstance): string {
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
    ['Overlap of old and new', `${overlapSeconds} s`],
    ['Drain of the old one', `${drainingSeconds} s`],
    [
      'Restarts',
      `${instance.restartPolicyType ?? 'ON_FAILURE'}, at most ${instance.restartPolicyMaxRetries ?? 10}`,
    ],
  ];
  return table(
    ['Setting', 'In force'],
    rows.map((row) => row.map((cell) => escapeMarkdown(cell))),
  );
}
