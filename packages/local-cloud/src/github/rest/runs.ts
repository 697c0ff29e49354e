import type { ServiceAnswer } from '../../service.ts';
import { notFound, ok, refuse } from '../answers.ts';
import type { WorkflowRun } from '../model.ts';
import { runJson } from '../render/run.ts';
import { type Call, type Route, reads, writes } from '../route.ts';

const path = '/repos/{owner}/{repo}/actions/runs/{run_id}';

export const runRoutes: readonly Route[] = [
  {
    name: 'runs.get',
    method: 'GET',
    path,
    need: reads('actions'),
    answer: (call) => ok(runJson(call.repository, runOf(call))),
  },
  { name: 'runs.cancel', method: 'POST', path: `${path}/cancel`, need: writes('actions'), answer: cancel },
];

/** The run as it is now: one that was asked to stop ends when its time has come. */
function runOf(call: Call): WorkflowRun {
  const run = call.repository.runs.get(Number(call.params.run_id));
  if (run === undefined) throw notFound();
  if (run.cancelledAt !== undefined && run.cancelledAt <= call.world.now()) {
    run.status = 'completed';
    run.conclusion = 'cancelled';
  }
  return run;
}

/** 202 means asked, not stopped. */
function cancel(call: Call): ServiceAnswer {
  const run = runOf(call);
  if (run.status === 'completed') throw refuse(409, 'Cannot cancel a workflow run that is completed.');
  run.cancelledAt ??= call.world.now() + run.cancelTakesMs;
  return { status: 202, body: {} };
}
