import { interruptible } from '#core/interruptible';

const cancel = interruptible();
// Loads beside the action: whatever the inputs say, it will be needed.
const worker = import('#core/start-worker').then(({ startWorker }) => startWorker());
const { action, command, keepHeapSmall, runAction } = await import('./run.ts');
keepHeapSmall();
await runAction(action, cancel, { command, worker: await worker });
