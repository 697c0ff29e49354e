import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Database servers refuse to run as root: then they run as nobody, who owns nothing else. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** A folder of the server's own, gone with it. */
export class ServerFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'belay-server-'));

  constructor() {
    this.own(this.path);
  }

  own(file: string): void {
    if (user.uid !== undefined) chownSync(file, user.uid, user.gid);
  }

  /** Runs one of the server's tools to its end. */
  run(command: string, args: readonly string[]): void {
    execFileSync(command, args, { ...user, cwd: this.path, stdio: 'pipe', env: environment });
  }

  /** A certificate of `localhost` that nobody vouches for; its text. */
  certificate(): string {
    const days = ['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const files = ['-keyout', 'key.pem', '-out', 'cert.pem'];
    this.run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...days, ...files]);
    return readFileSync(join(this.path, 'cert.pem'), 'utf8');
  }

  /** Starts the server and waits until it says `ready`. */
  async start(command: string, args: readonly string[], ready: string): Promise<RunningServer> {
    const child = spawn(command, args, { ...user, cwd: this.path, env: environment });
    const exit = once(child, 'exit');
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(ready)) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', reject);
      void exit.then(() => reject(new Error(`${command} ended: ${said}`)));
    });
    return {
      async stop() {
        child.kill('SIGINT');
        await exit;
      },
    };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

const environment = { PATH: process.env.PATH, LC_ALL: 'C' };

export interface RunningServer {
  stop(): Promise<void>;
}

/**
 * A port of loopback that nobody listens on, below those that the system gives to connections (32768 on Linux): another
 * test's connection cannot take it before the server does.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_000, 32_000);
  const server = createServer().listen(port, '127.0.0.1');
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!free) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
