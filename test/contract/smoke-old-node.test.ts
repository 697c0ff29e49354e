import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { runAsNode } from '../support/pretended-node.ts';

/** The file of the package alone, as a Node of this version would run it. */
const calledBy = (version: string) =>
  runAsNode(version, [join(root, 'packages/smoke/bin/belay-smoke.js'), '--help']);

describe('the npm package', () => {
  it.each(['20.20.2', '21.7.3', '18.19.0'])(
    'says which Node it needs where %s runs it, and nothing besides',
    (version) => {
      expect(calledBy(version)).toEqual({
        status: 2,
        stdout: '',
        stderr: `belay-smoke needs Node 22 or newer; this is v${version}.\n`,
      });
    },
  );

  it.each(['22.0.0', '24.9.0', '100.0.0'])('is content with %s', (version) => {
    expect(calledBy(version).stderr).not.toContain('needs Node');
  });
});
