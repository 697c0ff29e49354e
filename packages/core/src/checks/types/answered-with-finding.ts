import type { Answered, Finding } from './check-type.ts';

/** An answer of which nothing can be read but what stood in its way. `ms`: how long it took. */
export function answeredWithFinding(summary: string, finding: Finding, ms: number): Answered {
  const phases = { total: Math.round(ms) };
  return { kind: 'answered', summary, phases, findings: [finding], read: () => ({ kind: 'missing' }) };
}
