import { listArchive, openArchive } from '../../../packages/core/src/platforms/railway/archive/archive.ts';

// A process of its own, so that it can be weighed: lists a folder, packs it at a level, and leaves what comes of it.

const [root = '.', level = ''] = process.argv.slice(2);
const listing = await listArchive(root, { include: [] });
for await (const _ of openArchive(listing, { level: Number(level) }));
