import { expect } from 'vitest';
import type { ActionResult } from '#local-runner';
import type { Stage } from '../../../scripts/stage.ts';
import { logOf } from '../../support/shop-stage.ts';

/** When everything stops answering: from the first call on, or after so many calls of a route. */
export type From = 'the start' | readonly [route: string, nth: number];

/** How long a step may take beyond its own limits, milliseconds. */
const graceMs = 10_000;

/** The limits every story runs with. */
export const limits = { timeout: '20s', 'restore-timeout': '5s' } as const;
export const timeoutMs = 20_000;
export const bothMs = timeoutMs + 5_000;

/**
 * Runs a step during which Fly, GitHub and the app itself stop answering at once: they take every request, and say
 * nothing. When the step must have ended they answer again, so that `post` has an end too, and what serves can be seen.
 */
export async function stalled(
  stage: Stage,
  { from, withinMs }: { readonly from: From; readonly withinMs: number },
  run: () => Promise<ActionResult>,
): Promise<ActionResult> {
  const { faults } = stage.cloud;
  const after = from === 'the start' ? {} : { after: { route: from[0], nth: from[1] } };
  for (const service of ['fly', 'github']) faults.add({ route: '*', service, kind: 'stall', ...after });
  let strikes = 0;
  const clear = () => {
    strikes = Math.max(strikes, ...faults.list().map((status) => status.strikes));
    faults.clear();
  };
  const over = setTimeout(clear, withinMs + graceMs + 500);
  const result = await run();
  clearTimeout(over);
  clear();
  expect(strikes, 'nothing was stalled').toBeGreaterThan(0);
  return result;
}

/** What a step says of what serves, where the truth is known to the test. */
export interface Told {
  readonly withinMs: number;
  /** As an output: `old`. Not to know it is no lie. */
  readonly serves: string;
}

/** That it ended in time, by the runner's watch, and that its last words on what serves are true. */
export function expectEnd({ main, ...result }: ActionResult, { withinMs, serves }: Told): void {
  const late = main.durationMs - withinMs - graceMs;
  const { outcome = 'none', serving } = main.outputs;
  expect({
    outcome,
    endedBy: late > 0 ? `${late} ms too late: ${stepsOf(main.outputs.timeline)}` : 'its limit',
  }).toEqual({
    outcome: expect.stringMatching(/^[a-z]+$/),
    endedBy: 'its limit',
  });
  expect([serves, 'unknown']).toContain(serving);
  const lines = logOf({ main, ...result }).split('\n');
  const told = lines.filter((line) => /serves|Nothing was shipped|is not known to this step/.test(line));
  expect(told.length, lines.slice(-20).join('\n')).toBeGreaterThan(0);
}

/** `ship 20000 ms, last look 5000 ms`: where the time went. */
function stepsOf(timeline = '[]'): string {
  const steps: readonly { readonly name: string; readonly durationMs: number }[] = JSON.parse(
    timeline || '[]',
  );
  return steps.map(({ name, durationMs }) => `${name} ${durationMs} ms`).join(', ');
}
