import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppInstance } from '#local-cloud';
import { catalogue, get, lines } from '../../support/catalogue.ts';
import { eventually } from '../../support/eventually.ts';

const { apps } = catalogue();
let tree: string;
beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), 'belay-test-'));
});
afterEach(async () => {
  await apps.stopAll();
  await rm(tree, { recursive: true });
});

async function start(
  line: string,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<AppInstance> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(tree, name), content);
  return apps.start({ tree, line, env });
}

async function output(line: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const instance = await start(line, files);
  await instance.exited;
  return lines(instance);
}

/** A server that says where it listens, as `listen` has it. */
const server = (listen: string) =>
  `const server = require('node:http').createServer((_, response) => response.end('here'));
   server.${listen};
   server.on('listening', () => console.log('listening', process.env.PORT));`;
const npmPackage = (scripts: object) => JSON.stringify({ name: 'shop', version: '1.2.3', scripts });

async function accepts({ port }: Pick<AppInstance, 'port'>): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

describe('a line that starts an uploaded tree', () => {
  it.each([
    ['node say.js one "two three"', ['one,two three']],
    ['npm start', ['from,start']],
    ['npm run greet', ['from,greet']],
    ['npm run nested', ['from,start']],
    ['echo $((40 + 2)) && node say.js shell', ['42', 'shell']],
    ['GREETING=hello; node say.js "$GREETING"', ['hello']],
  ])('%s', async (line, said) => {
    const scripts = { start: 'node say.js from start', greet: 'node say.js from greet', nested: 'npm start' };
    const files = {
      'say.js': 'console.log(process.argv.slice(2).join())',
      'package.json': npmPackage(scripts),
    };
    expect(await output(line, files)).toEqual(said);
  });

  it('tells a script of the package it is in, as npm does', async () => {
    const scripts = { start: 'node -p "process.env.npm_package_version"' };
    expect(await output('npm start', { 'package.json': npmPackage(scripts) })).toEqual(['1.2.3']);
  });

  it('that names no script there is fails as npm does', async () => {
    const instance = await start('npm start', { 'package.json': npmPackage({}) });
    expect([await instance.exited, lines(instance)]).toEqual([
      { code: 1, signal: null },
      ['npm error Missing script: "start"'],
    ]);
  });

  it('sees nothing of our environment', async () => {
    const names = await output('node -p "Object.keys(process.env).sort().join()"', {});
    expect(names).toEqual(['HOME,PATH,PORT']);
  });
});

describe('what listens inside its container', () => {
  it.each([
    ['by a number', 'listen(process.env.PORT)'],
    ['by options', 'listen({ port: +process.env.PORT })'],
    ['on every address', "listen(process.env.PORT, '0.0.0.0')"],
    ['and says when', 'listen(process.env.PORT, () => undefined)'],
  ])('is reached where its PORT says: %s', async (_, listen) => {
    const instance = await start('node server.js', { 'server.js': server(listen) });
    await eventually(() => lines(instance).length > 0);
    expect([instance.innerPort, await get(instance, '/')]).toEqual([8080, { status: 200, text: 'here' }]);
  });

  it.each([
    ['on another port', 'listen(3000)'],
    ['on its own loopback', "listen(process.env.PORT, 'localhost')"],
    ['on a port of its choice', 'listen(0)'],
  ])('is reached by nobody %s', async (_, listen) => {
    const instance = await start('node server.js', { 'server.js': server(listen) });
    await eventually(() => lines(instance).length > 0);
    expect(await accepts(instance)).toBe(false);
  });

  it('is reached where a variable puts its PORT', async () => {
    const instance = await start('node server.js', { 'server.js': server('listen(3000)') }, { PORT: '3000' });
    await eventually(() => lines(instance).length > 0);
    expect([instance.innerPort, await accepts(instance)]).toEqual([3000, true]);
  });

  it('is reached behind a shell as well', async () => {
    const files = { 'server.js': server('listen(process.env.PORT)') };
    const instance = await start('true && node server.js', files);
    await eventually(() => lines(instance).length > 0);
    expect(await get(instance, '/')).toEqual({ status: 200, text: 'here' });
  });
});

describe('the end of an uploaded tree', () => {
  const patient = `process.on('SIGTERM', () => setTimeout(() => { console.log('done'); process.exit(0); }, 200));
    setInterval(() => {}, 1000); console.log('up');`;

  it.each([
    ['node', 'node patient.js'],
    ['a shell', 'true && node patient.js'],
  ])('lets what %s started finish within its time', async (_, line) => {
    const instance = await start(line, { 'patient.js': patient });
    await eventually(() => lines(instance).includes('up'));
    await instance.stop('SIGTERM', 10_000);
    expect(lines(instance)).toEqual(['up', 'done']);
  });

  it.each([
    ['node', 'node server.js'],
    ['a shell', 'true && node server.js'],
  ])('comes with the process of its cloud, even when that is killed: %s', async (_, line) => {
    await writeFile(join(tree, 'server.js'), server('listen(process.env.PORT)'));
    const script = fileURLToPath(new URL('../../support/cloud-with-tree.ts', import.meta.url));
    const args = ['--conditions=source', script, tree, line];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = await once(child.stdout, 'data');
    const running = { port: Number(printed) };
    await eventually(() => accepts(running));
    child.kill('SIGKILL');
    await eventually(async () => !(await accepts(running)));
  });

  it('leaves nobody behind whom a shell started', async () => {
    const stubborn = `process.on('SIGTERM', () => undefined); setInterval(() => {}, 1000); console.log(process.pid);`;
    const instance = await start('true && node stubborn.js', { 'stubborn.js': stubborn });
    const pid = Number(await eventually(() => lines(instance)[0]));
    await instance.stop('SIGTERM', 0);
    await eventually(() => {
      try {
        return !process.kill(pid, 0);
      } catch {
        return true;
      }
    });
  });
});
