import { interruptible } from '#core/interruptible';

const cancel = interruptible();
const { action, runAction } = await import('./run.ts');
await runAction(action, cancel);
