import { escapeMarkdown, table } from '../../../text/markdown.ts';
import type { Beside } from '../../open-platform.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';

/** The settings of a service that say what a green, and a change of releases, is worth. */
export function besideOf(instance: WireServiceInstance): Beside {
  return { left: [], warnings: warningsOf(instance), markdown: markdownOf(instance) };
}

function warningsOf({ healthcheckPath, drainingSeconds, cronSchedule }: WireServiceInstance): readonly string[] {
  // What runs by a schedule takes no requests.
  if ((cronSchedule ?? '') !== '') return [];
  const unhealthy =
    (healthcheckPath ?? '') === ''
      ? [
          'No health check path is in force: Railway calls a deployment live as soon as its container has started. Set it in the settings of the service.',
        ]
      : [];
  const cut =
    (drainingSeconds ?? 0) === 0
      ? [
          'The drain time in force is 0 s: requests that the old version is answering are cut off when the new one is live. Set it in the settings of the service.',
        ]
      : [];
  return [...unhealthy, ...cut];
}

function markdownOf(instance: WireServiceInstance): string {
  const { healthcheckPath = '', healthcheckTimeout = 300, overlapSeconds = 0, drainingSeconds = 0 } = instance;
  const rows: readonly (readonly [string, string])[] = [
    ['Health check', healthcheckPath === '' ? 'none' : `${healthcheckPath}, for at most ${healthcheckTimeout} s`],
    ['Start command', instance.startCommand ?? 'as the build found it'],
    ['Overlap of old and new', `${overlapSeconds} s`],
    ['Drain of the old one', `${drainingSeconds} s`],
    ['Restarts', `${instance.restartPolicyType ?? 'ON_FAILURE'}, at most ${instance.restartPolicyMaxRetries ?? 10}`],
  ];
  return table(
    ['Setting', 'In force'],
    rows.map((row) => row.map((cell) => escapeMarkdown(cell))),
  );
}
