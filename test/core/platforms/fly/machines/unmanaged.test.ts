import { describe, expect, it } from 'vitest';
import { liveOf } from '../../../../../packages/core/src/platforms/fly/api/live.ts';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { BesideWatch } from '../../../../../packages/core/src/platforms/fly/machines/beside.ts';
import { inScope, wholeFleet } from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { unmanagedMachinesOf } from '../../../../../packages/core/src/platforms/fly/machines/unmanaged.ts';
import { aConfig, aMachine, aService, aWireRelease } from '../../../../support/fly-machines.ts';

type Service = Parameters<typeof aService>[0];

const port = (number: number) => ({ port: number, start_port: undefined, end_port: undefined });
const ports = (...numbers: readonly number[]) => ({ ports: numbers.map(port) });
const range = (start_port: number, end_port: number) => ({
  ports: [{ port: undefined, start_port, end_port }],
});

/** As `fly machine run` makes one. */
function stranger(service: Service | 'none' = ports(443), change: Partial<WireMachine> = {}): WireMachine {
  const services = service === 'none' ? [] : [aService(service)];
  const image_ref = { ...aMachine().image_ref, tag: 'v1' } as WireMachine['image_ref'];
  return aMachine({ id: 'e9', config: aConfig({ services }), image_ref, ...change });
}

function managed(group: string, service: Service | 'none', change: Partial<WireMachine> = {}): WireMachine {
  const metadata = { fly_platform_version: 'v2', fly_process_group: group, fly_release_version: '42' };
  const services = service === 'none' ? [] : [aService(service)];
  return aMachine({ config: aConfig({ metadata, services }), ...change });
}

const fleet = [managed('web', ports(80, 443)), managed('worker', 'none', { id: 'b2' })];
const ask = (machines: readonly WireMachine[], accepted: readonly string[] = []) =>
  unmanagedMachinesOf(machines, { app: 'shop', accepted });
const kindOf = ({ unmanaged, accepted, idle }: ReturnType<typeof unmanagedMachinesOf>) =>
  unmanaged.length > 0 ? 'unmanaged' : accepted.length > 0 ? 'accepted' : idle.length > 0 ? 'idle' : 'none';

describe('a machine without flyctl’s mark', () => {
  it.each<[string, WireMachine, string]>([
    ['on a port of the app', stranger(), 'unmanaged'],
    ['on one of its ports among others', stranger(ports(9000, 80)), 'unmanaged'],
    ['on a range that holds one', stranger(range(400, 500)), 'unmanaged'],
    ['on a range that holds none', stranger(range(8000, 9000)), 'idle'],
    ['on another port', stranger(ports(5432)), 'idle'],
    ['on the same port of another protocol', stranger({ ...ports(443), protocol: 'udp' }), 'idle'],
    ['of which the private network alone knows', stranger({ ports: [] }), 'idle'],
    ['without a service', stranger('none'), 'idle'],
    ['that takes no traffic', stranger(ports(443), { cordoned: true }), 'idle'],
    ['that sleeps and wakes for a request', stranger(ports(443), { state: 'stopped' }), 'unmanaged'],
    [
      'that sleeps and wakes for none',
      stranger({ ...ports(443), autostart: false }, { state: 'stopped' }),
      'idle',
    ],
    ['that is about to go', stranger(ports(443), { state: 'destroying' }), 'none'],
    ['on a lost host', stranger(ports(443), { host_status: 'unreachable' }), 'none'],
  ])('%s', (_, machine, kind) => {
    expect(kindOf(ask([...fleet, machine]))).toBe(kind);
  });

  it('may be on any port of an app that has no machine yet', () => {
    expect([kindOf(ask([stranger(ports(9000))])), kindOf(ask([stranger('none')]))]).toEqual([
      'unmanaged',
      'idle',
    ]);
  });

  it('is accepted by its id', () => {
    expect(kindOf(ask([...fleet, stranger()], ['e9']))).toBe('accepted');
    expect(kindOf(ask([...fleet, stranger()], ['a1']))).toBe('unmanaged');
  });

  it('is told with its image and ports, and the commands that end it: it joins the group that has the port', () => {
    expect(ask([...fleet, stranger()]).unmanaged).toEqual([
      {
        id: 'e9',
        note: 'started, image shop:v1, port 443',
        adopt:
          'fly machine update e9 --app shop --metadata fly_platform_version=v2 --metadata fly_process_group=web --yes',
        destroy: 'fly machine destroy e9 --app shop --force',
      },
    ]);
  });

  it('is told as one that cannot stay where nobody can accept it', () => {
    const question = { app: 'shop', releases: [aWireRelease(42)], accepted: [], mayStay: false as const };
    expect(liveOf([...fleet, stranger()], question).unmanaged).toMatchObject([{ id: 'e9', mayStay: false }]);
  });

  it.each<[string, Partial<NonNullable<WireMachine['image_ref']>>, string]>([
    ['a tag', {}, 'shop:v1'],
    ['a digest alone', { tag: undefined }, 'shop@sha256:111111111111'],
    ['nothing', { repository: '', tag: '', digest: '' }, 'unknown'],
  ])('names its image by %s', (_, image, told) => {
    const image_ref = { ...stranger().image_ref, ...image } as WireMachine['image_ref'];
    expect(ask([...fleet, stranger(ports(443), { image_ref })]).unmanaged[0]?.note).toBe(
      `started, image ${told}, port 443`,
    );
  });

  it('takes its share of what serves, unless it is accepted', () => {
    const live = (accepted: readonly string[]) =>
      liveOf([...fleet, stranger()], { app: 'shop', releases: [aWireRelease(42)], accepted });
    expect(live([])).toMatchObject({ kind: 'one', release: { id: 'v42' }, unmanaged: [{ id: 'e9' }] });
    expect(live(['e9'])).not.toHaveProperty('unmanaged');
  });

  it.each<[string, Partial<typeof wholeFleet>, boolean]>([
    ['of the whole fleet', {}, true],
    ['of a process group, since it is of none', { processGroups: ['web'] }, true],
    ['of its region', { regions: ['iad'] }, true],
    ['of another region', { regions: ['ams'] }, false],
    ['of machines by their ids', { machines: ['a1'] }, false],
  ])('is looked at in a deploy %s', (_, scope, isLookedAt) => {
    expect(inScope([stranger()], { ...wholeFleet, ...scope }).length === 1).toBe(isLookedAt);
  });
});

describe('what runs beside the fleet', () => {
  function watching(accepted: readonly string[]) {
    const [log, warnings]: [string[], string[]] = [[], []];
    const watch = new BesideWatch({
      accepted,
      log: (line) => log.push(line),
      warn: (line) => warnings.push(line),
    });
    const see = (machines: readonly WireMachine[]) => watch.see('shop', machines, ask(machines, accepted));
    return { watch, see, log, warnings };
  }
  const accepted = 'machine e9, accepted, serves beside the release: image shop:v1, port 443';
  const idle =
    'machine e8 is not managed by flyctl and takes no requests on a port of the app: started, image shop:v1';

  it('is told once, however often it is looked at', () => {
    const { see, log, watch, warnings } = watching(['e9']);
    const machines = [...fleet, stranger(), stranger('none', { id: 'e8' })];
    see(machines);
    see(machines);
    expect({ log, seen: watch.seen, warnings }).toEqual({
      log: [accepted, idle],
      seen: { accepted: [accepted], idle: [idle], left: [] },
      warnings: [],
    });
  });

  it('is what was there at the last look', () => {
    const { see, watch } = watching(['e9']);
    see([...fleet, stranger()]);
    see(fleet);
    expect(watch.seen).toEqual({ accepted: [], idle: [], left: [] });
  });

  it('warns of an accepted machine that is not there, and of one that is managed', () => {
    const { see, warnings } = watching(['a1', 'f00']);
    see(fleet);
    see(fleet);
    expect(warnings).toEqual([
      '`accept-machines` names a1, which flyctl manages: it is deployed to like the others.',
      '`accept-machines` names f00, and shop has no such machine.',
    ]);
  });

  it('warns of nothing where no machine is shown: that may be a stale answer', () => {
    const { see, warnings } = watching(['f00']);
    see([]);
    expect(warnings).toEqual([]);
  });
});
