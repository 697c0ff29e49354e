import { runAction } from '#core';
import { smokeTest } from './run.ts';

await runAction(smokeTest);
