import { keepHeapSmall, runAction } from '#core';
import { command } from './command.ts';
import { action } from './run.ts';

keepHeapSmall();
await runAction(action, command);
