import { interruptible } from '#core/interruptible';

const cancel = interruptible();
const { action, command, keepHeapSmall, runAction } = await import('./run.ts');
keepHeapSmall();
await runAction(action, cancel, command);
