import { runAction } from '#core';
import { rollback } from './run.ts';

await runAction(rollback);
