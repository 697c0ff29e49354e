const { stdout, stderr } = process;

export function out(line: string): void {
  stdout.write(`${line}\n`);
}

export function err(line: string): void {
  stderr.write(`${line}\n`);
}

/** flyctl's own log lines: on stdout, coloured even with NO_COLOR, with an empty line after them. */
export function info(text: string): void {
  stdout.write(`\x1b[2mINFO\x1b[0m ${text}\n\n`);
}

export function warn(text: string): void {
  stdout.write(`\x1b[33mWARN\x1b[0m ${text}\n\n`);
}

export function printJson(value: unknown): void {
  out(JSON.stringify(value, null, 4));
}
