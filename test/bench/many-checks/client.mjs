/**
 * What somebody would write who needs no more than this: addresses from a file, so many at a time over connections that
 * are kept, a status and a field of the JSON that must be right. `client.mjs <file> <at a time>`.
 */
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';

const [file, parallel] = process.argv.slice(2);
const addresses = readFileSync(file, 'utf8').trim().split('\n');
const { Agent, get } = addresses[0].startsWith('https:') ? https : http;
const agent = new Agent({ keepAlive: true, maxSockets: Number(parallel) });

function ask(address) {
  return new Promise((resolve, reject) => {
    get(address, { agent }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => {
        const isRight = answer.statusCode === 200 && JSON.parse(Buffer.concat(pieces)).ok === true;
        if (isRight) resolve();
        else reject(new Error(`${address} answered ${answer.statusCode}`));
      });
    }).on('error', reject);
  });
}

let next = 0;
async function work() {
  while (next < addresses.length) await ask(addresses[next++]);
}
await Promise.all(Array.from({ length: Number(parallel) }, work));
agent.destroy();
