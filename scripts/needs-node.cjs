// Each script of package.json begins with this, in words that an old Node reads too: the one at hand may be too old for the rest.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const wanted = readFileSync(join(__dirname, '../.node-version'), 'utf8').trim();
const major = Number.parseInt(wanted, 10);
if (Number.parseInt(process.versions.node, 10) < major) {
  process.stderr.write(
    `This needs Node ${major} or newer, and ${process.version} runs it. Put this before the same command, which brings one: npx -y -p node@${wanted}\n`,
  );
  process.exitCode = 1;
}
