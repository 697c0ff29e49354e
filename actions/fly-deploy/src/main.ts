import { runAction } from '#core';
import { flyDeploy } from './run.ts';

await runAction(flyDeploy);
