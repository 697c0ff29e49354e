/** Headless Chromium, driven by the DevTools protocol over a pipe: https://chromedevtools.github.io/devtools-protocol/ */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { isExecutable } from '../executable.ts';

export interface Look {
  readonly scheme: 'light' | 'dark';
  /** Of the window, in CSS pixels. */
  readonly width: number;
  /** Pixels of the picture for each CSS pixel. */
  readonly scale: number;
  /** Where a longer page is cut, in CSS pixels. */
  readonly longest?: number;
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The browser: BELAY_CHROMIUM, else the first of its usual names on PATH. */
export function findChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
): { path: string; why?: never } | { path?: never; why: string } {
  const named = env.BELAY_CHROMIUM;
  if (named !== undefined && named !== '')
    return isExecutable(named) ? { path: named } : { why: 'BELAY_CHROMIUM names no executable' };
  const folders = (env.PATH ?? '').split(delimiter);
  const path = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  return path === undefined ? { why: 'no chromium on PATH, and BELAY_CHROMIUM is not set' } : { path };
}

export class Browser {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #waiting = new Map<number, { resolve(result: Answer): void; reject(why: Error): void }>();
  #listeners: ((method: string) => void)[] = [];
  #calls = 0;

  /** Its pages are files of ours, so it needs no sandbox, which no container lets it have. */
  constructor(executable: string) {
    this.#profile = mkdtempSync(join(tmpdir(), 'belay-chromium-'));
    this.#child = spawn(
      executable,
      [
        ...[
          '--headless=new',
          '--no-sandbox',
          '--disable-gpu',
          '--hide-scrollbars',
          '--disable-dev-shm-usage',
        ],
        ...['--remote-debugging-pipe', `--user-data-dir=${this.#profile}`],
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    );
    this.#child.on('exit', (code) => this.#end(new Error(`chromium ended with code ${code}`)));
    this.#child.on('error', (error) => this.#end(error));
    let rest = '';
    this.#stream<Readable>(4)
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        const messages = `${rest}${chunk}`.split('\0');
        rest = messages.pop() ?? '';
        for (const message of messages) this.#hear(JSON.parse(message));
      });
  }

  /** The page of a file as a PNG, as long as it is. */
  async picture(
    file: string,
    { scheme, width, scale, longest = Number.POSITIVE_INFINITY }: Look,
  ): Promise<Buffer> {
    const { targetId } = await this.#call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#call('Target.attachToTarget', { targetId, flatten: true });
    const page = (method: string, params: object = {}) => this.#call(method, params, String(sessionId));
    const size = (height: number) =>
      page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
    await page('Page.enable');
    await page('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    await size(100);
    const loaded = this.#once('Page.loadEventFired');
    await page('Page.navigate', { url: pathToFileURL(file).href });
    await loaded;
    const { cssContentSize } = await page('Page.getLayoutMetrics');
    await size(Math.ceil(Math.min((cssContentSize as { height: number }).height, longest)));
    const { data } = await page('Page.captureScreenshot', { format: 'png', optimizeForSpeed: false });
    await this.#call('Target.closeTarget', { targetId });
    return Buffer.from(String(data), 'base64');
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode === null && this.#child.kill()) await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #call(method: string, params: object, sessionId?: string): Promise<Answer> {
    this.#calls += 1;
    const id = this.#calls;
    this.#stream<Writable>(3).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #once(event: string): Promise<void> {
    return new Promise((resolve) => {
      const listener = (method: string) => {
        if (method !== event) return;
        this.#listeners = this.#listeners.filter((other) => other !== listener);
        resolve();
      };
      this.#listeners.push(listener);
    });
  }

  #hear({ id, method, result = {}, error }: Message): void {
    if (method !== undefined) for (const listener of this.#listeners) listener(method);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (waiting === undefined || id === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(`chromium: ${error.message}`));
  }

  #end(why: Error): void {
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }

  #stream<T extends Readable | Writable>(at: 3 | 4): T {
    return this.#child.stdio[at] as T;
  }
}

type Answer = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
}
