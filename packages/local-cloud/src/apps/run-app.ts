/** The process of one application: `node run-app.ts NAME [COMMAND…]`. */
import type { Program } from './program.ts';

// The channel closes when the cloud's process ends, however it ends: no application outlives its cloud.
process.on('disconnect', () => process.exit(0));
process.channel?.unref();

const [name, ...command] = process.argv.slice(2);
const program: Program = await import(`./catalog/${name}.ts`);
program.run(command, process.env);
