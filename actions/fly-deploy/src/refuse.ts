import type { ActionResult, Ports } from '#core';
import { blockedByForkRule, refusedRun } from '#core/deployment';
import { platform } from '#core/fly';
import { type RefusedRun, scopeOf } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';

/** What the step says of a run that the fork rule stops. A build would have changed nothing that serves. */
export async function refuse(
  ports: Ports,
  given: FlyDeployInputs,
  { untrusted, access: { kind, app, token } }: RefusedRun,
): Promise<ActionResult> {
  if (kind === 'build') return blockedByForkRule(untrusted);
  const { dryRun, environment } = given;
  const named = { ...given, flyApp: app, flyToken: token, scope: scopeOf(given) };
  const about = { target: platform.target(named), look: platform.look(ports, named) };
  return refusedRun(ports, {
    action: 'fly-deploy',
    kind: 'deploy',
    untrusted,
    ...about,
    dryRun,
    environment,
  });
}
