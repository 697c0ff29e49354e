import { type ActionResult, escapeMarkdown, type Ports, refusedOnFly, type UntrustedRun } from '#core';
import { type Refused, scopeOf } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';

/** What the step says of a run that the fork rule stops. A build would have changed nothing that serves. */
export async function refuse(
  ports: Ports,
  given: FlyDeployInputs,
  { untrusted, access: { kind, app, token } }: Refused,
): Promise<ActionResult> {
  if (kind === 'build') return blockedByForkRule(untrusted);
  const { acceptMachines, dryRun } = given;
  const target = { app, token, scope: scopeOf(given), acceptMachines };
  return refusedOnFly(ports, { action: 'fly-deploy', untrusted, ...target, dryRun });
}

/** The same where nothing serves that could be named. */
export function blockedByForkRule({ what, next }: UntrustedRun): ActionResult {
  const headline = `⛔ Blocked (blocked/fork): ${what}`;
  return {
    ...{ outcome: 'blocked', reason: 'fork', ok: false },
    outputs: {},
    headline,
    summary: `## ${escapeMarkdown(headline)}\n`,
    failure: { code: 'fork', what, next },
  };
}
