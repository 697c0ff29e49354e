import { createHash } from 'node:crypto';
import type { Signature, TreeEntry } from './commit.ts';

/** Names objects as Git does, so that a client that computes them itself agrees. */

export function blobSha(content: Buffer): string {
  return objectSha('blob', content);
}

export function treeSha(entries: readonly TreeEntry[]): string {
  const parts = entries.flatMap((entry) => [
    Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.path}\0`),
    Buffer.from(entry.sha, 'hex'),
  ]);
  return objectSha('tree', Buffer.concat(parts));
}

export function commitSha(facts: {
  tree: string;
  parents: readonly string[];
  author: Signature;
  message: string;
}): string {
  const { name, email, date } = facts.author;
  const signature = `${name} <${email}> ${Math.floor(date / 1000)} +0000`;
  const lines = [
    `tree ${facts.tree}`,
    ...facts.parents.map((parent) => `parent ${parent}`),
    `author ${signature}`,
    `committer ${signature}`,
    '',
    facts.message,
  ];
  return objectSha('commit', Buffer.from(lines.join('\n')));
}

function objectSha(type: string, content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
}
