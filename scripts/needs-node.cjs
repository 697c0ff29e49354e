// Each script of package.json begins with this, in words that an old Node reads too: the one at hand may be too old for the rest.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const wanted = readFileSync(join(__dirname, '../.node-version'), 'utf8').trim();
const major = Number.parseInt(wanted, 10);
const script = process.env.npm_lifecycle_event || 'test';
const command = script === 'test' || script === 'start' ? script : `run ${script}`;

if (Number.parseInt(process.versions.node, 10) < major) {
  process.stderr.write(
    `This needs Node ${major} or newer, and ${process.version} runs it. This command brings one: npx -y -p node@${wanted} npm ${command}\n`,
  );
  process.exitCode = 1;
}
