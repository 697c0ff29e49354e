import { runAction } from '#core';
import { command } from './command.ts';
import { action } from './run.ts';

await runAction(action, command);
