import type { Fault, FaultRule, FaultTarget } from './fault.ts';
import { meansRoute, nameProblems, type ServiceRoutes } from './known-routes.ts';
import { ruleProblems } from './rule-problems.ts';

/** A rule with what became of it: one that never struck is a test that proved nothing. */
export interface FaultStatus {
  readonly rule: FaultRule;
  /** Calls of its route so far. */
  readonly calls: number;
  readonly strikes: number;
}

/** The script of what goes wrong. One fault a call: the rule added first wins. */
export class Faults {
  #scripted: { rule: FaultRule; calls: number; strikes: number; before: number }[] = [];

  readonly #services: readonly ServiceRoutes[];

  /** Rules that name no route of these services are refused; without any, a rule may name what it likes. */
  constructor(services: readonly ServiceRoutes[] = []) {
    this.#services = services;
  }

  /** Everything that keeps a value from being a rule here, one sentence each; none for a good rule. */
  problemsOf(rule: unknown): readonly string[] {
    const named = this.#services.length === 0 ? [] : nameProblems(rule, this.#services);
    return [...ruleProblems(rule), ...named];
  }

  /** Throws a TypeError naming every problem of the rule. */
  add(rule: FaultRule): void {
    const problems = this.problemsOf(rule);
    if (problems.length > 0) throw new TypeError(problems.join('; '));
    this.#scripted.push({ rule, calls: 0, strikes: 0, before: 0 });
  }

  /** Counts a call and answers the fault that strikes it. */
  strike(call: Call): Fault | undefined {
    let fault: Fault | undefined;
    for (const scripted of this.#scripted) {
      const { after } = scripted.rule;
      const isCounting = after === undefined || scripted.before >= after.nth;
      if (after?.route === call.route) scripted.before += 1;
      if (!isCounting || !matches(scripted.rule, call)) continue;
      scripted.calls += 1;
      if (fault !== undefined || !isDue(scripted)) continue;
      scripted.strikes += 1;
      fault = scripted.rule;
    }
    return fault;
  }

  list(): readonly FaultStatus[] {
    return this.#scripted.map(({ rule, calls, strikes }) => ({ rule, calls, strikes }));
  }

  clear(): void {
    this.#scripted = [];
  }
}

/** A request, as rules know it. */
export interface Call {
  readonly service: string;
  readonly route: string;
  readonly operation?: string | undefined;
}

function matches(target: FaultTarget, call: Call): boolean {
  if (target.service !== undefined && target.service !== call.service) return false;
  if (target.operation !== undefined && target.operation !== call.operation) return false;
  return meansRoute(target.route, call.route);
}

function isDue({ rule, calls, strikes }: FaultStatus): boolean {
  const { nth, every } = rule;
  const count = rule.count ?? (nth === undefined ? Number.POSITIVE_INFINITY : 1);
  if (strikes >= count || calls < (nth ?? 1)) return false;
  return every === undefined || calls % every === 0;
}
