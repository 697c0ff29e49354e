import { type ActionResult, code, type TimeBudget } from '#core';
import { dryRunSummary } from '#core/deployment';
import { buildImage, buildLabel, flyBuildCommand, openFly } from '#core/fly';
import type { Access } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';
import { lookUpSource } from './open.ts';

/** Builds and pushes an image that staging and production can both run, and deploys nothing. */
export async function build(
  { ports, leftMs }: TimeBudget,
  inputs: FlyDeployInputs,
  { app, token }: Access,
): Promise<ActionResult> {
  const { context } = ports.runner;
  const fly = await openFly(ports, { ...inputs, flyApp: app, flyToken: token });
  const label = buildLabel(context);
  const source = { ...(await lookUpSource(fly, inputs, label)).source, imageLabel: label };
  const { target } = fly;
  if (inputs.dryRun) return dryRunResult(target.id, `flyctl ${flyBuildCommand(fly, source)}`);
  const { digest, ref } = await buildImage(fly, source, { signal: ports.signal, budgetMs: leftMs() });
  return {
    outcome: 'done',
    reason: 'built',
    ok: true,
    outputs: { image: digest, 'image-ref': ref, target: target.id, 'app-name': app },
    summary: `## ✅ Built and pushed; nothing was deployed\n\n${code(ref)}\n`,
    headline: `Built and pushed ${ref}. Nothing was deployed.`,
  };
}

function dryRunResult(target: string, command: string): ActionResult {
  const headline = `It would run: ${command}`;
  return {
    outcome: 'rehearsed',
    reason: 'dry-run',
    ok: true,
    outputs: { target },
    summary: dryRunSummary([headline], 'nothing was built'),
    headline,
  };
}
