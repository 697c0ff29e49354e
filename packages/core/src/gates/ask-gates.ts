import type { Gate, GateAnswer, GateFacts } from './gate.ts';

/** The gates that somebody passes on purpose, and why. */
export interface Force {
  readonly gates: readonly string[];
  readonly reason: string;
}

export type Admission =
  | {
      readonly kind: 'admitted';
      readonly warnings: readonly string[];
      /** For the log alone: what `force` names in vain. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'blocked';
      readonly gate: string;
      readonly reason: string;
      readonly what: string;
      readonly next: string;
    };

/**
 * Asks every gate that has a say in this kind of change; the first one that blocks decides. A gate that `force` names and
 * that may be passed is passed, and leaves a warning; no other is.
 */
export function askGates(gates: readonly Gate[], facts: GateFacts, force?: Force): Admission {
  const asked = weigh(gates, facts, force);
  const [first, ...others] = asked.flatMap(blocking);
  if (first !== undefined) {
    const { gate, answer } = first;
    const { reason, what, next } = answer;
    const also = others.map((other) => `The gate ${other.gate.name} would block as well.`);
    const told = [next, wayThrough(gate, force), ...also].join(' ');
    return { kind: 'blocked', gate: gate.name, reason, what, next: told };
  }
  const warnings = asked.flatMap(({ gate, answer }) => {
    if (answer.kind === 'unknown') return [unasked(gate, answer)];
    if (answer.kind !== 'blocked') return [];
    return [`The gate ${gate.name} was passed by force (${force?.reason}): ${answer.what}`];
  });
  return { kind: 'admitted', warnings, notes: inVain(asked, force) };
}

/** What every gate would answer, and which `force` would pass it: for a dry run, one line each; none of those that pass. */
export function gatesInDryRun(gates: readonly Gate[], facts: GateFacts, force?: Force): readonly string[] {
  const asked = weigh(gates, facts, force);
  const lines = asked.flatMap(({ gate, answer, isForced }) => {
    if (answer.kind === 'pass') return [];
    if (answer.kind === 'unknown') return [unasked(gate, answer)];
    if (isForced)
      return [`The gate ${gate.name} would be passed by force (${force?.reason}): ${answer.what}`];
    return [`It would be blocked (blocked/${answer.reason}): ${answer.what} ${wayThrough(gate, force)}`];
  });
  return [...lines, ...inVain(asked, force)];
}

/** Said of everything that blocks and that nobody may pass. */
export const noForcePasses = 'No `force` passes this.';

interface Weighed<A = GateAnswer> {
  readonly gate: Gate;
  readonly answer: A;
  readonly isForced: boolean;
}

function weigh(gates: readonly Gate[], facts: GateFacts, force: Force | undefined): readonly Weighed[] {
  return gates
    .filter(({ asks }) => asks.includes(facts.kind))
    .map((gate) => ({
      gate,
      answer: gate.answer(facts),
      isForced: gate.forcible && force?.gates.includes(gate.name) === true,
    }));
}

function blocking({ gate, answer, isForced }: Weighed): Weighed<GateAnswer & { kind: 'blocked' }>[] {
  return answer.kind === 'blocked' && !isForced ? [{ gate, answer, isForced }] : [];
}

/** With what `force` names already, so that the line can be copied. */
function wayThrough({ name, forcible }: Gate, force: Force | undefined): string {
  if (!forcible) return noForcePasses;
  const names = [...(force?.gates ?? []), name].join(', ');
  return `To pass this gate all the same, set \`force: ${names}\` with \`override-reason\`.`;
}

function inVain(asked: readonly Weighed[], force: Force | undefined): readonly string[] {
  const passed = asked.filter(({ answer, isForced }) => isForced && answer.kind === 'blocked');
  const names = (force?.gates ?? []).filter((name) => !passed.some(({ gate }) => gate.name === name));
  return names.map((name) => `\`force\` names ${name}, which does not block: there is nothing to pass.`);
}

function unasked({ name }: Gate, { why }: GateAnswer & { kind: 'unknown' }): string {
  return `The gate ${name} could not be asked and let this pass: ${why}`;
}
