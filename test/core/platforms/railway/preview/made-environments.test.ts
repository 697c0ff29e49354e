import { describe, expect, it } from 'vitest';
import { HttpError } from '../../../../../packages/core/src/io/http.ts';
import type { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { MadeEnvironments } from '../../../../../packages/core/src/platforms/railway/preview/made-environments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

interface Environment {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

const name = 'shop-pr-7-1f0c6a2b';
const ours: Environment = { id: 'ours', name, createdAt: '2026-12-01T10:00:05Z' };
const older: Environment = { id: 'older', name, createdAt: '2026-12-01T10:00:04Z' };

/** A project on Railway of which only environments and domains are told. */
class Project {
  readonly calls: string[] = [];
  readonly environments: Environment[] = [];
  /** Environment → hosts of the service in it. */
  readonly hosts: Record<string, string[]> = { source: ['shop.example.com'], made: [] };
  readonly clock = new VirtualClock();
  /** At which second Railway has copied the service into it. */
  filledAt = Infinity;
  /** What becomes of a creation; default: the environment is there, and answered. */
  create = (): Environment => {
    this.environments.push(ours);
    return ours;
  };
  domain = (): string => {
    this.hosts.made = ['made.up.railway.app'];
    return 'made.up.railway.app';
  };

  get made(): MadeEnvironments {
    const api = {
      project: async () => ({ environments: [...this.environments] }),
      environment: async () => {
        const isFilled = this.clock.monotonic() / 1_000 >= this.filledAt;
        return { serviceInstances: isFilled ? [{ serviceId: 's', serviceName: 'web' }] : [] };
      },
      environmentCreate: async () => {
        this.calls.push('create');
        return this.create();
      },
      environmentDelete: async (id: string) => {
        this.calls.push(`delete ${id}`);
        this.environments.splice(
          this.environments.findIndex((one) => one.id === id),
          1,
        );
      },
      serviceInstance: async ({ environmentId }: { readonly environmentId: string }) => ({
        domains: {
          customDomains: [],
          serviceDomains: (this.hosts[environmentId] ?? []).map((domain) => ({ domain, targetPort: 8080 })),
        },
      }),
      serviceDomainCreate: async (_: object, { targetPort }: { readonly targetPort?: number }) => {
        this.calls.push(`domain ${targetPort}`);
        return this.domain();
      },
    };
    const parts = {
      api: api as unknown as RailwayApi,
      clock: this.clock,
      signal: new AbortController().signal,
      project: { id: 'p', name: 'site' } as never,
      service: { id: 's', name: 'web' },
    };
    return new MadeEnvironments(parts, () => ({ id: 'source', name: 'production' }));
  }
}

function lost(maybeEffective = true): HttpError {
  const about = { kind: 'reset', method: 'POST', url: 'https://backboard.railway.com', attempts: 1 } as const;
  return new HttpError({ ...about, reason: 'reset', maybeEffective });
}

/** As the GraphQL client throws it. */
function unreadable(): HttpError {
  const about = { method: 'POST', url: 'https://backboard.railway.com', attempts: 1 } as const;
  return new HttpError({ ...about, kind: 'body', reason: 'no JSON', maybeEffective: false });
}

describe('an environment for a pull request', () => {
  it('is made where there is none, and taken where there is one', async () => {
    const project = new Project();
    expect(await project.made.prepare(name)).toEqual({ id: 'ours', name, isNew: true });
    expect(await project.made.prepare(name)).toMatchObject({ id: 'ours', isNew: false });
    expect(project.calls).toEqual(['create']);
  });

  it('that another run made in the same moment stays, and ours goes', async () => {
    const project = new Project();
    project.create = () => {
      project.environments.push(ours, older);
      return ours;
    };
    expect(await project.made.prepare(name)).toMatchObject({ id: 'older', isNew: false });
    expect([project.calls, project.environments]).toEqual([['create', 'delete ours'], [older]]);
  });

  it('whose answer is lost is looked for, and is not made twice', async () => {
    const project = new Project();
    project.create = () => {
      project.environments.push(ours);
      throw lost();
    };
    expect(await project.made.prepare(name)).toMatchObject({ id: 'ours' });
    expect(project.calls).toEqual(['create']);
  });

  it('whose answer cannot be read is looked for as long: an answer is one', async () => {
    const project = new Project();
    project.create = () => {
      setTimeout(() => project.environments.push(ours), 0);
      throw unreadable();
    };
    expect(await project.made.prepare(name)).toMatchObject({ id: 'ours' });
    expect(project.calls).toEqual(['create']);
  });

  it.each([
    ['was not made', true],
    ['was never asked for', false],
  ])('that %s is a failure, and nothing is sent again', async (_, maybe) => {
    const project = new Project();
    project.create = () => {
      throw lost(maybe);
    };
    await expect(project.made.prepare(name)).rejects.toThrow('reset');
    expect(project.calls).toEqual(['create']);
  });
});

describe('the service in it', () => {
  const ended = async (filledAt: number, leftS: number) => {
    const project = new Project();
    project.filledAt = filledAt;
    const came = await project.made.filled({ id: 'made', name }, leftS * 1_000).then(
      () => 'filled',
      ({ code }) => code,
    );
    return { came, s: project.clock.monotonic() / 1_000 };
  };

  it.each([
    ['is there at once', 0, 600, 'filled', 0],
    ['is waited for while Railway copies', 80, 600, 'filled', 80],
    ['is left out where it has not come in a minute and a half', Infinity, 600, 'service-left-out', 90],
    ['is not waited for beyond the time of the step', 50, 40, 'service-left-out', 40],
  ])('%s', async (_, filledAt, leftS, came, s) => {
    const end = await ended(filledAt, leftS);
    expect(end.came).toBe(came);
    expect(Math.abs(end.s - s)).toBeLessThanOrEqual(2);
  });
});

describe('the domain of a service in it', () => {
  const made = { id: 'made', name };

  it('is made where the service it is a copy of has one, with its port', async () => {
    const project = new Project();
    expect(await project.made.reachable(made)).toBe('made.up.railway.app');
    expect(await project.made.reachable(made)).toBeUndefined();
    expect(project.calls).toEqual(['domain 8080']);
  });

  it('is none where that is private', async () => {
    const project = new Project();
    project.hosts.source = [];
    expect([await project.made.reachable(made), project.calls]).toEqual([undefined, []]);
  });

  it.each([
    ['is lost', lost],
    ['cannot be read', unreadable],
  ])('whose answer %s is looked for: each time it is asked for it is one more', async (_, trouble) => {
    const project = new Project();
    project.domain = () => {
      project.hosts.made = ['made.up.railway.app'];
      throw trouble();
    };
    expect(await project.made.reachable(made)).toBe('made.up.railway.app');
    expect(project.calls).toEqual(['domain 8080']);
  });
});
