#!/usr/bin/env node
// Before anything is loaded: what an older Node says of the bundle helps nobody.
if (Number(process.versions.node.split('.', 1)[0]) < 22) {
  process.stderr.write(`belay-smoke needs Node 22 or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  // The bundle is an action's step as well; called by this name it is the command, whatever calls it.
  globalThis[Symbol.for('belay.command')] = 'belay-smoke';
  await import('../dist/smoke-test/index.js');
}
