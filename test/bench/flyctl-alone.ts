import { join } from 'node:path';
import { demo } from '#local-cloud';
import { flyctlEnvironment } from '../../packages/core/src/platforms/fly/flyctl/environment.ts';
import { deployArguments, type FlyDeploy } from '../../packages/core/src/platforms/fly/flyctl/flyctl.ts';
import { parseFlyToken } from '../../packages/core/src/platforms/fly/token/token.ts';
import type { Stage } from '../../scripts/stage.ts';
import { waitTimeoutMs } from './ground.ts';
import { timed } from './timed-process.ts';

type Chosen = Pick<FlyDeploy, 'image' | 'config' | 'skipReleaseCommand' | 'smokeChecks'>;

/**
 * The `flyctl deploy` of an action, run without the action: the same command line, environment and folder. Answers
 * its milliseconds from start to exit.
 */
export function flyctlDeploy(stage: Stage, chosen: Chosen): Promise<number> {
  const { PATH = '' } = process.env;
  const env = flyctlEnvironment(
    { PATH, HOME: stage.temp, ...stage.cloud.env },
    parseFlyToken(demo.fly.token),
    { configDir: join(stage.temp, 'flyctl-alone') },
  );
  const args = deployArguments({
    app: demo.fly.app,
    strategy: 'rolling',
    buildArgs: [],
    waitTimeoutMs,
    extra: [],
    ...chosen,
  });
  return timed({ command: stage.flyctl.executable, args, env, cwd: stage.workspace });
}
