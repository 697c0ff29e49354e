import { createHash } from 'node:crypto';
import { demo } from '../demo.ts';
import { Fleet } from './fleet.ts';
import { LogBook } from './log-book.ts';
import type { FlyApp } from './machine.ts';
import { type Machine, machineJson } from './machine.ts';
import type { MachineConfig } from './machine-config.ts';
import type { Organization, PostgresCluster, Release, Strategy, Token } from './model.ts';
import { FlyProxy } from './proxy.ts';
import { RateLimit } from './rate-limit.ts';
import { Refusal } from './refusal.ts';
import type { FlyDoors } from './settings.ts';

export interface ReleaseRequest {
  readonly imageRef: string;
  readonly strategy: Strategy;
  readonly definition: unknown;
  readonly email: string;
}

/** One account with its organization, apps and tokens: all the state there is. */
export class FlyWorld {
  readonly doors: FlyDoors;
  readonly fleet: Fleet;
  readonly proxy: FlyProxy;
  readonly organization: Organization = { id: 'O1', number: 1, slug: demo.fly.organization, name: 'Demo' };
  readonly apps = new Map<string, FlyApp>();
  readonly tokens = new Map<string, Token>();
  /** Apps of other accounts: nobody sees them, and their names are gone. */
  readonly namesElsewhere = new Set<string>();
  readonly limits: RateLimit;
  readonly clusters = new Map<string, PostgresCluster>();
  builds = 0;

  constructor(doors: FlyDoors) {
    this.doors = doors;
    this.limits = new RateLimit(() => doors.clock.now());
    this.fleet = new Fleet(doors, (machine) => {
      this.proxy.attend(machine);
      this.#attendCreate(machine);
    });
    this.proxy = new FlyProxy(doors, this.fleet);
  }

  addToken(token: Omit<Token, 'organization'>): Token {
    const full = { ...token, organization: this.organization.slug };
    this.tokens.set(token.value, full);
    return full;
  }

  createApp(name: string, role: FlyApp['role'] = ''): FlyApp {
    assertNameIsGood(name);
    if (this.apps.has(name) || this.namesElsewhere.has(name))
      throw new Refusal(422, 'Validation failed: Name has already been taken', 'name_taken');
    const app: FlyApp = {
      id: name,
      number: this.apps.size + 1,
      name,
      organization: this.organization,
      createdAt: this.#timestamp(),
      machines: new Map(),
      releases: [],
      machinesBefore: [],
      secrets: new Map(),
      volumes: new Map(),
      ips: [],
      certificates: new Map(),
      role,
      isPublicUnlisted: false,
      logs: new LogBook(),
      secretsVersion: 0,
      turn: 0,
    };
    this.apps.set(name, app);
    return app;
  }

  destroyApp(app: FlyApp): void {
    this.apps.delete(app.name);
    for (const machine of app.machines.values()) this.fleet.destroy(machine, true);
  }

  release(app: FlyApp, wanted: ReleaseRequest): Release {
    const at = this.#timestamp();
    const release: Release = {
      id: this.doors.ids.release(),
      version: (app.releases.at(-1)?.version ?? 0) + 1,
      strategy: wanted.strategy,
      definition: wanted.definition,
      imageRef: wanted.imageRef,
      user: { id: 'u1', name: wanted.email.split('@')[0] ?? '', email: wanted.email },
      createdAt: at,
      updatedAt: at,
      status: 'pending',
      metadata: null,
    };
    app.machinesBefore = structuredClone([...app.machines.values()].map(machineJson));
    app.releases.push(release);
    return release;
  }

  /** Staged: machines get them at their next start. */
  setSecrets(app: FlyApp, values: Readonly<Record<string, string | null>>): void {
    app.secretsVersion += 1;
    const at = this.#timestamp();
    for (const [name, value] of Object.entries(values)) {
      if (value === null) app.secrets.delete(name);
      else {
        const createdAt = app.secrets.get(name)?.createdAt ?? at;
        app.secrets.set(name, { value, digest: secretDigest(value), createdAt, updatedAt: at });
      }
    }
  }

  /** A machine of the kind flyctl makes: its release and process group stand in the metadata. */
  seedMachine(app: FlyApp, release: Release, config: Omit<MachineConfig, 'image'>, region: string) {
    const metadata = {
      fly_platform_version: 'v2',
      fly_process_group: 'app',
      fly_release_id: release.id,
      fly_release_version: String(release.version),
      ...config.metadata,
    };
    const full = { ...config, image: release.imageRef, metadata };
    return this.fleet.create(app, { config: full, region, skipLaunch: false });
  }

  /**
   * On Fly a machine takes longer to come up than the limit asks to wait before the next is made, so a client that
   * waits for each never meets it; here they come up in a fraction of that, so whoever waited has its turn back.
   */
  #attendCreate(machine: Machine): void {
    const forget = machine.watch((state) => {
      if (state !== 'started') return;
      this.limits.giveBack(`flaps.machines.create ${machine.app.name}`, 'change');
      forget();
    });
  }

  #timestamp(): string {
    return new Date(this.doors.clock.now()).toISOString();
  }
}

function assertNameIsGood(name: string): void {
  if (/^[a-z0-9-]{1,62}$/.test(name)) return;
  const rule = 'Name under 63 chars using numbers, lowercase letters and dashes';
  throw new Refusal(422, `Validation failed: ${rule}`);
}

/** Secrets are never returned, only their digests: 16 hex digits. */
function secretDigest(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 16);
}
