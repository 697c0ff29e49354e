import { parseImageRef } from './image-ref.ts';
import type { FlyApp } from './machine.ts';
import { Machine, type MachineState } from './machine.ts';
import type { MachineConfig } from './machine-config.ts';
import { Refusal } from './refusal.ts';
import type { FlyDoors } from './settings.ts';
import { Supervisor } from './supervisor.ts';

export interface MachineRequest {
  readonly config: MachineConfig;
  readonly name?: string;
  readonly region?: string;
  readonly skipLaunch: boolean;
  /** Made without traffic: a green machine is registered when it is uncordoned. */
  readonly cordoned?: boolean;
}

/** The verbs of machines. Each answers once the machine is on its way; `wait` tells when it has arrived. */
export class Fleet {
  readonly #doors: FlyDoors;
  readonly #supervisors = new WeakMap<Machine, Supervisor>();
  readonly #changes = new WeakMap<Machine, Promise<void>>();
  readonly #created: (machine: Machine) => void;

  /** `created` hears of each new machine before it starts. */
  constructor(doors: FlyDoors, created: (machine: Machine) => void) {
    this.#doors = doors;
    this.#created = created;
  }

  create(app: FlyApp, wanted: MachineRequest): Machine {
    const { clock, ids } = this.#doors;
    const id = ids.machine();
    const machine = new Machine({
      id,
      app,
      name: wanted.name ?? `calm-sea-${id.slice(-4)}`,
      region: wanted.region ?? 'iad',
      createdAt: new Date(clock.now()).toISOString(),
      now: () => clock.now(),
    });
    this.#configure(machine, wanted.config);
    machine.cordoned = wanted.cordoned === true;
    app.machines.set(id, machine);
    this.#created(machine);
    const supervisor = this.#supervisor(machine);
    supervisor.recordLaunch();
    // A machine made without a launch settles in `stopped`: flyctl waits for that before it starts a release command.
    if (wanted.skipLaunch) machine.enter('stopped');
    else void supervisor.launch();
    return machine;
  }

  update(machine: Machine, wanted: Pick<MachineRequest, 'config' | 'skipLaunch'>): void {
    const supervisor = this.#supervisor(machine);
    const { stop_config: stopConfig } = machine.config;
    this.#configure(machine, wanted.config);
    supervisor.record({ type: 'update', status: 'replacing', source: 'user' });
    this.#enterThen(machine, 'replacing', async () => {
      await supervisor.endGracefully(stopConfig);
      if (wanted.skipLaunch) {
        machine.enter('stopped');
        return;
      }
      supervisor.recordLaunch();
      void supervisor.launch();
    });
  }

  start(machine: Machine): MachineState {
    const previous = machine.state;
    if (previous === 'started' || previous === 'starting') return previous;
    if (previous !== 'stopped' && previous !== 'created' && previous !== 'suspended') {
      throw new Refusal(
        412,
        `failed_precondition: unable to start machine from current state: '${previous}'`,
      );
    }
    void this.#supervisor(machine).launch();
    return previous;
  }

  stop(
    machine: Machine,
    how: { signal?: NodeJS.Signals; timeoutMs?: number; into?: 'stopped' | 'suspended' },
  ): void {
    if (machine.state === 'stopped' || machine.state === 'suspended') return;
    const supervisor = this.#supervisor(machine);
    supervisor.record({ type: 'stop', status: 'stopping', source: 'user' });
    this.#enterThen(machine, 'stopping', async () => {
      if (how.signal === undefined && how.timeoutMs === undefined) await supervisor.endGracefully();
      else await supervisor.end(how.signal ?? 'SIGINT', how.timeoutMs ?? 5_000);
      machine.enter(how.into ?? 'stopped');
    });
  }

  restart(machine: Machine): void {
    const supervisor = this.#supervisor(machine);
    supervisor.record({ type: 'restart', status: 'restarting', source: 'user' });
    this.#enterThen(machine, 'stopping', async () => {
      await supervisor.endGracefully();
      supervisor.recordLaunch();
      void supervisor.launch();
    });
  }

  signal(machine: Machine, signal: NodeJS.Signals): void {
    this.#supervisor(machine).send(signal);
  }

  destroy(machine: Machine, force: boolean): void {
    if (machine.state !== 'stopped' && machine.state !== 'created' && !force) {
      const advice = 'stop it first, or destroy it with force';
      throw new Refusal(412, `failed_precondition: machine is ${machine.state}: ${advice}`);
    }
    // Flagged: its host destroys it once it is back.
    if (machine.hostStatus !== 'ok') {
      machine.enter('destroying');
      return;
    }
    const supervisor = this.#supervisor(machine);
    this.#enterThen(machine, 'destroying', async () => {
      await supervisor.end('SIGKILL', 0);
      supervisor.record({ type: 'destroy', status: 'destroyed', source: 'user' });
      detachVolumes(machine);
      machine.enter('destroyed');
    });
  }

  /** The host is gone, and its machines with it: nobody sees the process end, and machines that stand by for it start. */
  async loseHost(machine: Machine): Promise<void> {
    machine.hostStatus = 'unreachable';
    await this.#supervisor(machine).lose();
    for (const other of machine.app.machines.values()) {
      const standsBy = (other.config.standbys ?? []).includes(machine.id);
      if (standsBy && other.state === 'stopped') this.start(other);
    }
  }

  /** The host is back, and has started again what ran on it; what was to be destroyed meanwhile is. */
  findHost(machine: Machine): void {
    machine.hostStatus = 'ok';
    if (machine.state === 'destroying') this.destroy(machine, true);
    else if (machine.state === 'stopping') machine.enter('stopped');
    else if (isUp.includes(machine.state)) void this.#supervisor(machine).launch();
  }

  async settled(machines: readonly Machine[]): Promise<void> {
    await Promise.all(machines.map(settledMachine));
  }

  /** Ends the process and nothing more: the cloud is closing. */
  kill(machine: Machine): Promise<void> {
    return this.#supervisor(machine).end('SIGKILL', 0);
  }

  #supervisor(machine: Machine): Supervisor {
    const known = this.#supervisors.get(machine);
    if (known !== undefined) return known;
    const supervisor = new Supervisor(machine, this.#doors);
    this.#supervisors.set(machine, supervisor);
    return supervisor;
  }

  /** One change of a machine at a time: a second waits until the first has ended what it replaces. */
  #enterThen(machine: Machine, state: MachineState, then: () => Promise<void>): void {
    machine.enter(state);
    const before = this.#changes.get(machine) ?? Promise.resolve();
    const onHost = () => (machine.hostStatus === 'ok' ? then() : undefined);
    this.#changes.set(machine, before.then(onHost));
  }

  #configure(machine: Machine, config: MachineConfig): void {
    const image = this.#doors.images.resolve(config.image);
    if (image === undefined) throw new Refusal(400, `invalid_argument: could not find image ${config.image}`);
    const { labels, digest, ref } = image;
    machine.instanceId = this.#doors.ids.ulid(this.#doors.clock.now());
    machine.config = { ...config, metadata: { ...config.metadata } };
    machine.secrets = Object.fromEntries([...machine.app.secrets].map(([name, { value }]) => [name, value]));
    attachVolumes(machine);
    machine.image = image;
    machine.imageRef = { ...parseImageRef(ref), digest, labels };
    machine.versions = [{ version: machine.instanceId, user_config: config }, ...machine.versions];
  }
}

function attachVolumes(machine: Machine): void {
  for (const { volume: id } of machine.config.mounts ?? []) {
    const volume = machine.app.volumes.get(id ?? '');
    if (volume === undefined) throw new Refusal(404, `volume ${id} not found`);
    const holder = volume.attachedMachine;
    if (holder !== null && holder !== machine.id) {
      throw new Refusal(412, `failed_precondition: volume ${id} is attached to machine ${holder}`);
    }
    volume.attachedMachine = machine.id;
  }
}

function detachVolumes(machine: Machine): void {
  for (const volume of machine.app.volumes.values()) {
    if (volume.attachedMachine === machine.id) volume.attachedMachine = null;
  }
}

const isUp: readonly MachineState[] = ['starting', 'started', 'replacing'];
const transient: readonly MachineState[] = ['starting', 'replacing', 'stopping', 'destroying'];

function settledMachine(machine: Machine): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (transient.includes(machine.state) && machine.hostStatus === 'ok') return;
      unwatch();
      resolve();
    };
    const unwatch = machine.watch(look);
    look();
  });
}
