import type { Gate, GateFacts } from './gate.ts';

export type Admission =
  | { readonly kind: 'admitted'; readonly warnings: readonly string[] }
  | {
      readonly kind: 'blocked';
      readonly gate: string;
      readonly reason: string;
      readonly what: string;
      readonly next: string;
    };

/**
 * Asks every gate that has a say in this kind of change; the first one that blocks decides. With an
 * `overrideReason` (`force: true`) gates that may be passed are passed, and each leaves a warning.
 */
export function askGates(gates: readonly Gate[], facts: GateFacts, overrideReason?: string): Admission {
  const warnings: string[] = [];
  for (const gate of gates.filter(({ asks }) => asks.includes(facts.kind))) {
    const answer = gate.answer(facts);
    if (answer.kind === 'unknown') {
      warnings.push(`The gate ${gate.name} could not be asked and let this pass: ${answer.why}`);
    }
    if (answer.kind !== 'blocked') continue;
    if (!gate.forcible || overrideReason === undefined) {
      const { reason, what, next } = answer;
      return { kind: 'blocked', gate: gate.name, reason, what, next };
    }
    warnings.push(`The gate ${gate.name} was passed by force (${overrideReason}): ${answer.what}`);
  }
  return { kind: 'admitted', warnings };
}
