import { commits, demo, images, type Railway, shopTree } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import type { RunOptions } from '../../scripts/stage.ts';
import type { RailwayStage } from './railway-stage.ts';

type Inputs = Readonly<Record<string, string>>;

/** A service `app` in a project of its own, which serves v1. */
export interface OwnService {
  /** `railway-up` of it; the commit is v2's unless `sha` says otherwise. */
  run(inputs: Inputs, options?: RunOptions): Promise<ActionResult>;
  served(): Promise<string>;
  /** What the service is deployed from. */
  source(): string;
  /** What becomes of its next deployments. */
  next: (...fates: Parameters<Railway['next']> extends [unknown, ...infer F] ? F : never) => void;
  set(settings: object): void;
  /** For what is deployed from now on. */
  setVariables(variables: Inputs): Promise<void>;
}

const host = 'app.up.railway.app';
const name = { project: 'own', service: 'app' } as const;
const token = 'own_token';

/** The image of the registry's seed by its digest. */
export function pinned({ railway }: RailwayStage, image: string): string {
  const digest = railway.world.doors.images.resolve(image)?.digest;
  return `${image.split(':')[0]}@${digest}`;
}

/** Deployed from an image: by its tag where it is not said otherwise. */
export function imageService(shop: RailwayStage, image: string = images.v1): OwnService {
  const settings = { source: { repo: null, image } };
  shop.railway.createProject({
    name: name.project,
    services: { [name.service]: { settings, deployed: [{ image }], hosts: [host] } },
  });
  return own(shop);
}

/** Deployed from the demo's repository: v1 of it serves. */
export function repositoryService(shop: RailwayStage): OwnService {
  const repository = `${demo.github.owner}/${demo.github.repository}`;
  const meta = { repo: repository, branch: 'main', commitHash: commits.v1 };
  const files = shopTree({ version: 'v1', commit: commits.v1 });
  const settings = { healthcheckPath: '/healthz', healthcheckTimeout: 10 };
  shop.railway.createProject({
    name: name.project,
    services: {
      [name.service]: { settings, trigger: { repository }, deployed: [{ files, meta }], hosts: [host] },
    },
  });
  return own(shop);
}

/** Nothing was ever deployed to it. */
export function emptyService(shop: RailwayStage): OwnService {
  shop.railway.createProject({ name: name.project, services: { [name.service]: { hosts: [host] } } });
  return own(shop);
}

function own({ railway, stage }: RailwayStage): OwnService {
  railway.addToken({ kind: 'project', value: token, project: name.project });
  const instance = () => {
    const found = railway.world.instances().find(({ service }) => service.name === name.service);
    if (found === undefined) throw new Error('the service is there from the beginning');
    return found;
  };
  const served = async () => {
    const { status, body } = await stage.cloud.serves(host, '/version.json');
    return status === 200 ? JSON.parse(String(body)).version : 'nothing';
  };
  return {
    run: (inputs, options) => {
      const common = { 'railway-token': token, timeout: '40s', 'restore-timeout': '30s', stabilize: '1s' };
      return stage.run('railway-up', { ...common, ...inputs }, { sha: commits.v2, ...options });
    },
    served,
    source: () => instance().settings.source.image ?? instance().settings.source.repo ?? '',
    next: (...fates) => railway.next(name, ...fates),
    set: (settings) => {
      instance().settings = { ...instance().settings, ...settings };
    },
    setVariables: async (variables) => {
      // What serves is started when somebody first asks, with the variables of then.
      await served();
      instance().variables = variables;
    },
  };
}
