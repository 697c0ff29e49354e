import { expect, it } from 'vitest';
import { withMounts } from '../../../../../packages/core/src/platforms/fly/deploy/definition.ts';
import { aConfig, aMachine } from '../../../../support/fly-machines.ts';

const bare = { app: 'shop' };
const withVolume = aMachine({ config: aConfig({ mounts: [{ name: 'data', path: '/data' }] }) });

it.each([
  ['is left alone where no machine has a volume', bare, [aMachine()], bare],
  [
    'gets the volumes that the machines have',
    bare,
    [withVolume, { ...withVolume, id: 'b2' }, aMachine()],
    { app: 'shop', mounts: [{ source: 'data', destination: '/data' }] },
  ],
  [
    'keeps mounts of its own',
    { app: 'shop', mounts: [{ source: 'other', destination: '/other' }] },
    [withVolume],
    { app: 'shop', mounts: [{ source: 'other', destination: '/other' }] },
  ],
])('a stored configuration %s', (_name, definition, machines, told) => {
  expect(withMounts(definition, machines)).toEqual(told);
});
