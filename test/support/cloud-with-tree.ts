import { CloudClock, NodeApps } from '#local-cloud';

// A process that runs what was uploaded and prints its port, for a test that kills it.
const [tree = '', line = ''] = process.argv.slice(2);
const { port } = await new NodeApps(new CloudClock()).start({ tree, line, env: {} });
process.stdout.write(`${port}\n`);
