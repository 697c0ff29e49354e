import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type FileEntries, parseFileCommand } from './file-command.ts';

const names = ['output', 'env', 'path', 'state', 'step_summary'] as const;
type CommandFile = (typeof names)[number];

/** The files one stage writes to: new, empty and existing when it starts; read when its process has ended, however it ended. */
export class CommandFiles {
  readonly variables: Readonly<Record<string, string>>;
  readonly #paths: ReadonlyMap<CommandFile, string>;

  private constructor(paths: ReadonlyMap<CommandFile, string>) {
    this.#paths = paths;
    this.variables = Object.fromEntries(
      [...paths].map(([name, file]) => [`GITHUB_${name.toUpperCase()}`, file]),
    );
  }

  static async create(temp: string): Promise<CommandFiles> {
    const folder = path.join(temp, '_runner_file_commands');
    await mkdir(folder, { recursive: true });
    const suffix = randomUUID();
    const paths = new Map(names.map((name) => [name, path.join(folder, `${name}_${suffix}`)]));
    for (const file of paths.values()) await writeFile(file, '');
    return new CommandFiles(paths);
  }

  async entries(name: 'output' | 'env' | 'state'): Promise<FileEntries> {
    return parseFileCommand((await this.#read(name)).toString('utf8'));
  }

  /** In the order written. */
  async paths(): Promise<string[]> {
    const lines = (await this.#read('path')).toString('utf8').split(/\r\n|\r|\n/);
    return lines.filter((line) => line !== '');
  }

  async summary(): Promise<Buffer> {
    return this.#read('step_summary');
  }

  async remove(): Promise<void> {
    for (const file of this.#paths.values()) await rm(file, { force: true });
  }

  /** A step may have deleted its file: that is not an error. */
  async #read(name: CommandFile): Promise<Buffer> {
    return readFile(this.#paths.get(name) ?? '').catch(() => Buffer.alloc(0));
  }
}
