import { join } from 'node:path';
import { root } from '../../scripts/root.ts';

/** The program that runs checks as it is shipped: where the sources run, reading TypeScript takes 30 MB beside it. */
export const shippedChecks = join(root, 'dist', 'checks', 'index.js');
