import type { Look, Rule } from './asking.ts';
import { broken, Evaluated, quiet } from './asking.ts';

/** Every rule; all of them are asked where somebody hears of it. */
export function allOf(rules: readonly Rule[]): Rule {
  return (value, look) => {
    let fits = true;
    for (const rule of rules) {
      fits = rule(value, look) && fits;
      if (!fits && look.say === undefined) return false;
    }
    return fits;
  };
}

/** Where no marks are kept, the first that fits is enough. */
export function anyOf(rules: readonly Rule[]): Rule {
  return (value, look) => {
    const silent = silently(look);
    const fits =
      look.evaluated === undefined
        ? rules.some((rule) => rule(value, silent))
        : rules.filter((rule) => rule(value, silent)).length > 0;
    return fits || noneFits(rules, { value, look, name: 'anyOf' });
  };
}

export function oneOf(rules: readonly Rule[]): Rule {
  return (value, look) => {
    // Each is asked once: twice at every level of a document is without end.
    const fitting = rules.map((rule) => marksOf(rule, value, look)).filter((marks) => marks !== undefined);
    if (fitting.length === 0) return noneFits(rules, { value, look, name: 'oneOf' });
    if (fitting.length > 1) return broken(look, `fits ${fitting.length} of \`oneOf\`, not one`);
    if (fitting[0] !== undefined) look.evaluated?.add(fitting[0]);
    return true;
  };
}

/** What a rule looks at where it fits; undefined where it does not. */
function marksOf(rule: Rule, value: unknown, { evaluated: marks }: Look): Evaluated | undefined {
  const own = new Evaluated();
  return rule(value, marks === undefined ? quiet : { ...quiet, evaluated: own }) ? own : undefined;
}

export function not(rule: Rule): Rule {
  return (value, look) => !rule(value, quiet) || broken(look, 'fits what `not` forbids');
}

/** What one that is undefined says holds. */
export function conditional(condition: Rule, [then, otherwise]: readonly (Rule | undefined)[]): Rule {
  return (value, look) => {
    const rule = condition(value, silently(look)) ? then : otherwise;
    return rule === undefined || rule(value, look);
  };
}

/** What is looked at counts, what is broken does not. */
function silently({ evaluated: marks }: Look): Look {
  return marks === undefined ? quiet : { path: undefined, say: undefined, evaluated: marks };
}

interface None {
  readonly value: unknown;
  readonly look: Look;
  readonly name: string;
}

/** Says so, and then why of each. */
function noneFits(rules: readonly Rule[], { value, look, name }: None): false {
  broken(look, `fits nothing of \`${name}\``);
  if (look.say !== undefined) for (const rule of rules) rule(value, { ...look, evaluated: undefined });
  return false;
}
