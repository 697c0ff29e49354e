import { runAction } from '#core';
import { action } from './run.ts';

await runAction(action);
