import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below every system's ephemeral range (Linux 32768, macOS and Windows 49152), so no outgoing connection takes one. */
const lowest = 10_240;
const blockSize = 64;
const blocks = (32_768 - lowest) / blockSize;

/**
 * Loopback ports for processes that bind them later. A block of ports belongs to the cloud that listens on its
 * first one, so clouds running side by side never hand out the same port. The port given back last is taken
 * last, so that a late request to a stopped application does not reach another one.
 */
export class Ports {
  readonly #guards: Server[] = [];
  #free: number[] = [];

  async take(): Promise<number> {
    for (;;) {
      const port = this.#free.shift();
      if (port === undefined) await this.#claimBlock();
      else if (await isFree(port)) return port;
    }
  }

  giveBack(port: number): void {
    this.#free.push(port);
  }

  close(): void {
    for (const guard of this.#guards) guard.close();
  }

  async #claimBlock(): Promise<void> {
    const first = lowest + randomInt(blocks) * blockSize;
    const guard = await listenOn(first);
    if (guard === undefined) return;
    this.#guards.push(guard);
    this.#free.push(...Array.from({ length: blockSize - 1 }, (_, index) => first + 1 + index));
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = await listenOn(port);
  if (server === undefined) return false;
  server.close();
  await once(server, 'close');
  return true;
}

/** Undefined where somebody else listens. */
async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer().unref();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
