import type { Gate } from '../gates/gate.ts';
import { nearest } from '../text/nearest.ts';
import { problem, shown, value } from '../text/parsed.ts';
import { declareInput, type Input } from './input.ts';

/** What may be named, and what nobody may pass. */
export interface NamedGates {
  readonly gates: readonly Pick<Gate, 'name' | 'forcible'>[];
  /** Names of what blocks beside the gates. */
  readonly rules: readonly string[];
}

/**
 * Names of gates that may be passed, separated by commas or lines. Absent is none, and so is `false`, which is what a box
 * nobody ticked in a workflow’s form comes to. `true` names none and is refused: no word passes all gates.
 */
export function gateNames(name: string, { gates, rules }: NamedGates): Input<readonly string[]> {
  const passable = gates.flatMap(({ name, forcible }) => (forcible ? [name] : []));
  const unpassable = [...gates.flatMap(({ name, forcible }) => (forcible ? [] : [name])), ...rules];
  const legal = `These may be passed, by commas or lines: ${passable.join(', ')}.`;
  const input = declareInput(name, {}, (given) => {
    const named = [...new Set(given.split(/[,\r\n]/).map((part) => part.trim()))].filter((one) => one !== '');
    const [only] = named.length === 1 ? named : [];
    if (only === 'false') return value([]);
    if (only === 'true') return problem(`is "true", which names no gate. ${legal}`);
    const wrong = named.filter((one) => !passable.includes(one));
    if (wrong.length === 0) return value(named);
    const held = wrong.filter((one) => unpassable.includes(one));
    const unknown = wrong.filter((one) => !unpassable.includes(one));
    const told = [
      ...(unknown.length === 0 ? [] : [`${unknown.map(shown).join(', ')}, which ${noGate(unknown)}`]),
      ...(held.length === 0 ? [] : [`${held.join(', ')}, which nobody may pass`]),
    ];
    const meant = unknown.flatMap((one) => nearest(one, passable) ?? []);
    const hint = meant.length === 0 ? '' : ` Did you mean ${[...new Set(meant)].join(', ')}?`;
    return problem(`names ${told.join(', and ')}. ${legal}${hint}`);
  });
  return {
    ...input,
    read(source) {
      const read = input.read(source);
      return read.kind === 'value' ? value(read.value ?? []) : read;
    },
  };
}

function noGate({ length }: readonly string[]): string {
  return length === 1 ? 'is no gate' : 'are no gates';
}
