import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { windUpEnd } from '../../../packages/core/src/action/cancellation.ts';
import { Cancelled } from '../../../packages/core/src/action/cancelled.ts';
import { interruptible } from '../../../packages/core/src/action/interruptible.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('cancellation', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'])('comes with %s', (name) => {
    const process = new EventEmitter();
    const signal = interruptible(process as NodeJS.Process);
    process.emit(name);
    expect(signal.reason).toEqual(new Cancelled(name));
  });

  it('keeps the first signal as its reason', () => {
    const process = new EventEmitter();
    const signal = interruptible(process as NodeJS.Process);
    process.emit('SIGINT');
    process.emit('SIGTERM');
    expect(signal.reason).toEqual(new Cancelled('SIGINT'));
  });

  it('leaves as long to a run that was cancelled before it began', async () => {
    const ended = vi.fn();
    windUpEnd(AbortSignal.abort(new Cancelled('SIGINT'))).catch(ended);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(ended).toHaveBeenCalledWith(new Cancelled('SIGINT'));
  });

  it('leaves a run 9 s to wind up, a second less than the runner leaves us', async () => {
    const controller = new AbortController();
    const ended = vi.fn();
    windUpEnd(controller.signal).catch(ended);
    await vi.advanceTimersByTimeAsync(60_000);
    controller.abort(new Cancelled('SIGINT'));
    await vi.advanceTimersByTimeAsync(8_999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledWith(new Cancelled('SIGINT'));
  });
});
