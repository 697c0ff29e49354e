/** The process of one application: `node run-app.mjs NAME [COMMAND…]`. Plain JavaScript, so that a start costs little. */
import { enableCompileCache, flushCompileCache } from 'node:module';

// The channel closes when the cloud's process ends, however it ends: no application outlives its cloud.
process.on('disconnect', () => process.exit(0));
process.channel?.unref();

const [name, ...command] = process.argv.slice(2);
enableCompileCache();
/** @type {import('./program.ts').Program} */
const program = await import(`./catalog/${name}.ts`);
// Now, since an application is rarely left to exit by itself.
flushCompileCache();
if (command.length === 0 || program.commands?.includes(command[0] ?? '')) program.run(command, process.env);
else (await import('./common-commands.mjs')).runCommon(command);
