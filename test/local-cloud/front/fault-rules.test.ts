import { describe, expect, it } from 'vitest';
import { type FaultRule, Faults } from '#local-cloud';

/** Which of six calls to machines.update a rule strikes. */
function struck(rule: Partial<FaultRule>): number[] {
  const faults = new Faults();
  faults.add({ route: 'machines.update', kind: 'stall', ...rule } as FaultRule);
  return [1, 2, 3, 4, 5, 6].filter(
    () => faults.strike({ service: 'fly', route: 'machines.update' }) !== undefined,
  );
}

describe('a fault rule strikes', () => {
  it.each([
    { name: 'every call when nothing narrows it', rule: {}, calls: [1, 2, 3, 4, 5, 6] },
    { name: 'only the nth call', rule: { nth: 3 }, calls: [3] },
    { name: 'the nth and those after it, with a count', rule: { nth: 3, count: 2 }, calls: [3, 4] },
    { name: 'the first calls, with a count alone', rule: { count: 2 }, calls: [1, 2] },
    { name: 'each call whose number divides', rule: { every: 2 }, calls: [2, 4, 6] },
    { name: 'such calls up to a count', rule: { every: 2, count: 2 }, calls: [2, 4] },
    { name: 'routes its pattern matches', rule: { route: 'machines.*' }, calls: [1, 2, 3, 4, 5, 6] },
    { name: 'no route that only begins alike', rule: { route: 'machines' }, calls: [] },
    {
      name: 'no route where a dot would stand for any character',
      rule: { route: 'machinesxupdate' },
      calls: [],
    },
    { name: 'its own service', rule: { service: 'fly' }, calls: [1, 2, 3, 4, 5, 6] },
    { name: 'no other service', rule: { service: 'github' }, calls: [] },
  ])('$name', ({ rule, calls }) => {
    expect(struck(rule)).toEqual(calls);
  });

  it('counts from another call on when told to', () => {
    const faults = new Faults();
    faults.add({ route: 'list', nth: 2, after: { route: 'patch', nth: 2 }, kind: 'stall' });
    const routes = ['list', 'patch', 'list', 'list', 'patch', 'list', 'list', 'list'];
    const struck = routes.map((route) => faults.strike({ service: 'fly', route })?.kind ?? '');
    expect(struck).toEqual(['', '', '', '', '', '', 'stall', '']);
  });

  it('an operation of GraphQL by its name, and counts that alone', () => {
    const faults = new Faults();
    faults.add({ route: 'graphql.*', operation: 'Plan', nth: 2, kind: 'stall' });
    const asked = ['Plan', 'Project', undefined, 'Plan', 'Plan'];
    const struck = asked.map(
      (operation) => faults.strike({ service: 'railway', route: 'graphql.project', operation })?.kind ?? '',
    );
    expect(struck).toEqual(['', '', '', 'stall', '']);
  });

  it('one at a time: the first rule added wins, and both count the call', () => {
    const faults = new Faults();
    faults.add({ route: '*', nth: 1, kind: 'stall' });
    faults.add({ route: '*', nth: 2, kind: 'reset-after' });
    const kinds = [1, 2, 3].map(() => faults.strike({ service: 'fly', route: 'a' })?.kind);
    expect(kinds).toEqual(['stall', 'reset-after', undefined]);
    expect(faults.list().map(({ calls, strikes }) => ({ calls, strikes }))).toEqual([
      { calls: 3, strikes: 1 },
      { calls: 3, strikes: 1 },
    ]);
  });

  it('nothing once cleared', () => {
    const faults = new Faults();
    faults.add({ route: '*', kind: 'stall' });
    faults.clear();
    expect(faults.strike({ service: 'fly', route: 'a' })).toBeUndefined();
  });
});

describe('a fault rule is refused', () => {
  it.each([
    {
      name: 'with every problem at once',
      rule: { kind: 'status', status: 99, nth: 0, every: 1, colour: 'red', headers: { a: 1 } },
      problems: [
        'route: missing; expected a non-empty string',
        'status: expected a status from 200 to 599, got 99',
        'nth: expected a whole number from 1, got 0',
        'colour: not a field here; the fields are kind, route, service, operation, nth, every, count, after, status, headers, body',
        'headers: expected an object of strings, got {"a":1}',
        'nth and every: give one of them',
      ],
    },
    {
      name: 'of an unknown kind',
      rule: { route: '*', kind: 'explode' },
      problems: [
        'kind: expected one of status, delay, reset-before, reset-after, truncate, html, rate-limit, challenge, stall, wrong, got "explode"',
      ],
    },
    {
      name: 'that is a delay without its time',
      rule: { route: '*', kind: 'delay' },
      problems: ['ms: missing; expected milliseconds, a whole number from 0'],
    },
    {
      name: 'that is wrong in two ways',
      rule: { route: '*', kind: 'wrong', patch: {}, mutator: 'a' },
      problems: ['patch and mutator: give exactly one of them'],
    },
    {
      name: 'that is wrong in none',
      rule: { route: '*', kind: 'wrong' },
      problems: ['patch and mutator: give exactly one of them'],
    },
    {
      name: 'that names a route nobody has',
      rule: { route: 'machine.update', kind: 'stall' },
      problems: [
        'route: there is no route "machine.update"; did you mean machines.update, machines.create, app?',
      ],
    },
    {
      name: 'whose pattern means no route',
      rule: { route: 'machine.*', kind: 'stall' },
      problems: ['route: there is no route "machine.*"; did you mean machines.create, machines.update, app?'],
    },
    {
      name: 'that names a route of another service',
      rule: { route: 'issues.get', service: 'fly', kind: 'stall' },
      problems: [
        'route: there is no route "issues.get"; did you mean machines.create, app, machines.update?',
      ],
    },
    {
      name: 'that names a service there is not',
      rule: { route: '*', service: 'fyl', kind: 'stall' },
      problems: ['service: there is no service "fyl"; there are fly, github; did you mean fly?'],
    },
    {
      name: 'that counts the calls of a route nobody has',
      rule: { route: 'app', after: { route: 'issues.*', nth: 1 }, kind: 'stall' },
      problems: ['after.route: there is no route "issues.*"; did you mean issues.get, app, machines.create?'],
    },
    { name: 'that is no object', rule: null, problems: ['a fault rule is an object, got null'] },
  ])('$name', ({ rule, problems }) => {
    const faults = new Faults([
      { name: 'fly', routes: ['machines.create', 'machines.update', 'app'] },
      { name: 'github', routes: ['issues.get'] },
    ]);
    expect(() => faults.add(rule as unknown as FaultRule)).toThrow(new TypeError(problems.join('; ')));
    expect(faults.list()).toEqual([]);
  });
});
