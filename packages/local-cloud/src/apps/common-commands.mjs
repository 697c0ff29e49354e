/** What every image can run, as most real ones can. Each answers an exit code. */
const commands = {
  true: () => 0,
  false: () => 1,
  /** @param {string[]} words */
  echo: (...words) => say(words.join(' ')),
  /** @param {string | undefined} name */
  printenv: (name) => {
    if (name === undefined)
      return say(
        Object.entries(process.env)
          .map((entry) => entry.join('='))
          .join('\n'),
      );
    const value = process.env[name];
    return value === undefined ? 1 : say(value);
  },
};

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
  return 0;
}

/** @param {string[]} command */
export function runCommon([name = '', ...words]) {
  const known = Object.hasOwn(commands, name)
    ? commands[/** @type {keyof typeof commands} */ (name)]
    : undefined;
  if (known === undefined) process.stderr.write(`fatal: ${name}: command not found\n`);
  process.exitCode = known?.(...words) ?? 127;
}
