import type { Environment, Project, ServiceInstance } from './deployment.ts';
import { idOf } from './ids.ts';
import type { Token } from './token.ts';
import type { RailwayWorld } from './world.ts';

/** A service in an environment by its names: the only project and `production` where they are left out. */
export interface InstanceName {
  readonly service: string;
  readonly project?: string;
  readonly environment?: string;
}

export type TokenSeed =
  | {
      readonly kind: 'project';
      readonly value: string;
      readonly project?: string;
      readonly environment?: string;
    }
  | { readonly kind: 'workspace'; readonly value: string; readonly workspace: string }
  | { readonly kind: 'account'; readonly value: string; readonly login: string };

export function instanceNamed(world: RailwayWorld, name: InstanceName): ServiceInstance {
  const { instances } = environmentNamed(world, name);
  return found(
    [...instances.values()].find(({ service }) => service.name === name.service),
    name.service,
  );
}

export function environmentNamed(
  world: RailwayWorld,
  { project, environment = 'production' }: Omit<InstanceName, 'service'>,
): Environment {
  const { environments } = projectNamed(world, project);
  return found(
    [...environments.values()].find(({ name }) => name === environment),
    environment,
  );
}

/** Tokens are looked up by their value. */
export function newToken(world: RailwayWorld, seed: TokenSeed): Token {
  const token = tokenOf(world, seed);
  world.tokens.set(token.value, token);
  return token;
}

function tokenOf(world: RailwayWorld, seed: TokenSeed): Token {
  const { value } = seed;
  switch (seed.kind) {
    case 'project': {
      const environment = environmentNamed(world, seed);
      const id = idOf(`token ${value}`);
      return { kind: 'project', id, name: 'ci', value, environment, createdAt: world.doors.clock.now() };
    }
    case 'workspace': {
      const workspace = [...world.workspaces.values()].find(({ name }) => name === seed.workspace);
      return { kind: 'workspace', value, workspace: found(workspace, seed.workspace) };
    }
    case 'account': {
      const user = { id: idOf(`user ${seed.login}`), name: seed.login, email: `${seed.login}@example.com` };
      return { kind: 'account', value, user };
    }
  }
}

export function projectNamed(world: RailwayWorld, name: string | undefined): Project {
  const all = [...world.projects.values()];
  return found(name === undefined ? all[0] : all.find((one) => one.name === name), name ?? 'project');
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the emulated Railway has no ${name}`);
  return value;
}
