import { afterAll } from 'vitest';
import { type AppInstance, type AppSpec, CloudClock, Images, NodeApps, seedImages } from '#local-cloud';
import { eventually } from './eventually.ts';

/** Applications of the catalogue as processes of their own, for one test file. */
export function catalogue() {
  const clock = new CloudClock();
  const apps = new NodeApps(clock);
  const registry = new Images(seedImages);
  afterAll(() => apps.close());
  /** Answers once the application has said something: it listens, or it has failed. */
  const serving = async (spec: AppSpec): Promise<AppInstance> => {
    const instance = await apps.start(spec);
    await eventually(() => instance.log.length > 0);
    return instance;
  };
  const imageSpec = (ref: string, command?: readonly string[]): AppSpec => {
    const image = registry.resolve(ref);
    if (image === undefined) throw new Error(`no image ${ref}`);
    return { app: image.app, env: image.env, ...(command === undefined ? {} : { command }) };
  };
  return { clock, apps, serving, imageSpec };
}

export function lines(instance: AppInstance): string[] {
  return instance.log.map(({ line }) => line);
}

export async function get(
  { port }: { readonly port: number },
  path: string,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, text: await answer.text() };
}
