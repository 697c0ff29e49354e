import type { Environment, Project, Service, ServiceInstance } from './deployment.ts';
import { checkOut, type Deploys } from './deploys.ts';
import { idOf } from './ids.ts';
import {
  type Content,
  type Domain,
  defaultSettings,
  type Edge,
  type Plan,
  type Settings,
  type Workspace,
} from './model.ts';
import type { Tree } from './repository.ts';
import type { RailwayWorld } from './world.ts';

export interface ProjectSeed {
  readonly name: string;
  /** Default: a workspace `Acme` on the plan Pro. Projects that name one share it. */
  readonly workspace?: { readonly name: string; readonly plan?: Plan; readonly onlyAllowedSources?: boolean };
  /** Default: `production`. Each service is in each of them. */
  readonly environments?: readonly string[];
  readonly prDeploys?: boolean;
  readonly botPrEnvironments?: boolean;
  readonly focusedPrEnvironments?: boolean;
  readonly services: Readonly<Record<string, ServiceSeed>>;
}

export interface ServiceSeed {
  /** On top of what a new service has: no health check, no drain, no overlap. */
  readonly settings?: Partial<Settings>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Its domains. Default: one of Railway's own, `<service>-<environment>.up.railway.app`. */
  readonly hosts?: readonly string[];
  readonly targetPort?: number;
  readonly edge?: Edge;
  /** A repository whose branch it is deployed from. */
  readonly trigger?: {
    readonly repository: string;
    readonly branch?: string;
    readonly checkSuites?: boolean;
    readonly enabled?: boolean;
  };
  /** What was deployed, oldest first: the last one serves, those before it are removed. Default: nothing ever was. */
  readonly deployed?: readonly DeployedSeed[];
}

export type DeployedSeed = {
  readonly message?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
} & ({ readonly files: Tree } | { readonly image: string });

/** How long before now the seeds were deployed, each an hour after the one before. */
const hourMs = 3_600_000;

/** The project without its deployments; they are planted when somebody first asks. */
export function seedProject(world: RailwayWorld, seed: ProjectSeed): Project {
  const now = world.doors.clock.now();
  const project: Project = {
    id: idOf(`project ${seed.name}`),
    name: seed.name,
    workspace: workspaceOf(world, seed.workspace ?? { name: 'Acme' }),
    createdAt: now - 1_000 * hourMs,
    environments: new Map(),
    services: new Map(),
    prDeploys: seed.prDeploys ?? false,
    botPrEnvironments: seed.botPrEnvironments ?? false,
    focusedPrEnvironments: seed.focusedPrEnvironments ?? false,
  };
  world.projects.set(project.id, project);
  for (const name of Object.keys(seed.services)) {
    const id = idOf(`service ${seed.name} ${name}`);
    project.services.set(id, { id, name, project, createdAt: project.createdAt });
  }
  for (const name of seed.environments ?? ['production']) {
    const environment = newEnvironment(project, { id: idOf(`environment ${seed.name} ${name}`), name, now });
    for (const service of project.services.values()) {
      const own = seed.services[service.name] ?? {};
      environment.instances.set(service.id, newInstance(service, environment, { seed: own, now }));
    }
  }
  return project;
}

export function newEnvironment(
  project: Project,
  of: { readonly id: string; readonly name: string; readonly now: number } & Partial<
    Pick<Environment, 'isEphemeral' | 'source' | 'pull'>
  >,
): Environment {
  const { id, name, now, isEphemeral = false, source, pull } = of;
  const environment: Environment = {
    ...{ id, name, project, createdAt: now, isEphemeral, source, pull },
    instances: new Map(),
    deletedAt: undefined,
  };
  project.environments.set(id, environment);
  return environment;
}

export function newInstance(
  service: Service,
  environment: Environment,
  { seed, now }: { readonly seed: ServiceSeed; readonly now: number },
): ServiceInstance {
  const key = `${environment.id} ${service.id}`;
  const { trigger, hosts = [hostOf(service, environment)], targetPort } = seed;
  const settings = { ...defaultSettings, ...seed.settings };
  return {
    id: idOf(`instance ${key}`),
    ...{ service, environment, createdAt: now, updatedAt: now },
    domains: hosts.map((domain): Domain => {
      const kind = domain.endsWith('.up.railway.app') ? 'service' : 'custom';
      return { id: idOf(`domain ${domain}`), domain, kind, targetPort, createdAt: now };
    }),
    edge: seed.edge,
    deployments: [],
    settings:
      trigger === undefined ? settings : { ...settings, source: { repo: trigger.repository, image: null } },
    variables: seed.variables ?? {},
    trigger: trigger && {
      id: idOf(`trigger ${key}`),
      repository: trigger.repository,
      branch: trigger.branch ?? 'main',
      checkSuites: trigger.checkSuites ?? false,
      enabled: trigger.enabled ?? true,
    },
    turn: 0,
  };
}

export function hostOf({ name }: Service, environment: Environment): string {
  return `${name}-${environment.name}.up.railway.app`.toLowerCase();
}

/** What the seed says was deployed, the last of it up. */
export async function plantDeployments(
  world: RailwayWorld,
  deploys: Deploys,
  { project, seed }: { readonly project: Project; readonly seed: ProjectSeed },
): Promise<void> {
  const instances = [...project.environments.values()].flatMap(({ instances }) => [...instances.values()]);
  await Promise.all(instances.map((one) => plant(one, seed.services[one.service.name]?.deployed ?? [])));

  async function plant(instance: ServiceInstance, all: readonly DeployedSeed[]) {
    for (const [index, one] of all.entries()) {
      const content = await contentOf(world, one);
      const commitMessage = one.message === undefined ? {} : { commitMessage: one.message };
      const wanted = { content, meta: { ...commitMessage, ...one.meta } };
      const agoMs = (all.length - index) * hourMs;
      await deploys.plant(instance, wanted, { agoMs, isLast: index === all.length - 1 });
    }
  }
}

async function contentOf({ doors }: RailwayWorld, seed: DeployedSeed): Promise<Content> {
  if ('image' in seed) return { kind: 'image', ref: seed.image, image: doors.images.resolve(seed.image) };
  const dir = await doors.directory();
  await checkOut(seed.files, dir);
  return { kind: 'tree', dir };
}

function workspaceOf(world: RailwayWorld, seed: NonNullable<ProjectSeed['workspace']>): Workspace {
  const id = idOf(`workspace ${seed.name}`);
  const { name, plan = 'pro', onlyAllowedSources = false } = seed;
  const known = world.workspaces.get(id);
  if (known !== undefined) return known;
  const workspace = { id, name, plan, onlyAllowedSources, createdAt: world.doors.clock.now() };
  world.workspaces.set(id, workspace);
  return workspace;
}
