import { describe, expect, it } from 'vitest';
import {
  type FleetScope,
  inScope,
  scopeArguments,
  scopeProblems,
  wholeFleet,
} from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { aConfig, aMachine } from '../../../../support/fly-machines.ts';

const machine = (id: string, region: string, group: string) =>
  aMachine({
    id,
    region,
    config: aConfig({ metadata: { fly_platform_version: 'v2', fly_process_group: group } }),
  });
const fleet = [machine('a1', 'iad', 'web'), machine('b2', 'ams', 'web'), machine('c3', 'iad', 'worker')];
const scope = (change: Partial<FleetScope>): FleetScope => ({ ...wholeFleet, ...change });

describe('a scope', () => {
  it.each([
    ['is the whole fleet when nothing is named', wholeFleet, ['a1', 'b2', 'c3']],
    ['is the machines that are named', scope({ machines: ['b2', 'c3'] }), ['b2', 'c3']],
    ['is the machines of the regions', scope({ regions: ['iad'] }), ['a1', 'c3']],
    ['is the machines of the groups', scope({ processGroups: ['web'] }), ['a1', 'b2']],
    ['is what every list admits', scope({ regions: ['iad'], processGroups: ['web'] }), ['a1']],
  ])('%s', (_name, given, ids) => {
    expect(inScope(fleet, given).map(({ id }) => id)).toEqual(ids);
  });

  it('tells flyctl nothing when it is the whole fleet', () => {
    expect(scopeArguments(wholeFleet)).toEqual([]);
  });

  it('keeps flyctl from making machines where it names some', () => {
    expect(scopeArguments({ machines: ['a1', 'b2'], regions: ['iad'], processGroups: ['web'] })).toEqual([
      ...['--only-machines', 'a1,b2', '--regions', 'iad', '--process-groups', 'web', '--update-only'],
    ]);
  });

  it.each([
    ['a machine that is not there', scope({ machines: ['a1', 'ffff'] }), ['no machine ffff']],
    ['a region without machines', scope({ regions: ['syd'] }), ['no machine in region syd']],
    ['a group without machines', scope({ processGroups: ['wep'] }), ['no machine of process group wep']],
    [
      'lists that have no machine in common',
      scope({ regions: ['ams'], processGroups: ['worker'] }),
      ['no machine that all of `only-machines`, `regions` and `process-groups` admit'],
    ],
    ['nothing that is missing', scope({ regions: ['ams'], processGroups: ['web'] }), []],
  ])('is held against the app: %s', (_name, given, problems) => {
    expect(scopeProblems(fleet, given)).toEqual(problems);
  });
});
