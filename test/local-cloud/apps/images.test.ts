import { describe, expect, it } from 'vitest';
import { Images } from '#local-cloud';

const v1 = { app: 'shop', env: { VERSION: 'v1', COMMIT: 'a' }, labels: {} };
const v2 = { ...v1, env: { VERSION: 'v2', COMMIT: 'b' } };
const ref = 'registry.fly.io/shop:v1';

describe('the image registry', () => {
  it('finds an image by tag, by digest, and by both, where the digest decides', () => {
    const images = new Images({ [ref]: v1 });
    const first = images.resolve(ref);
    images.put(ref, v2);
    expect(images.resolve(ref)?.env.VERSION).toBe('v2');
    expect(images.resolve(`registry.fly.io/shop@${first?.digest}`)).toEqual(first);
    expect(images.resolve(`${ref}@${first?.digest}`)).toEqual(first);
  });

  it('gives the same definition the same digest, whatever its order and tag', () => {
    const images = new Images();
    const one = images.put(ref, v1);
    const other = images.put('registry.fly.io/shop:same', { ...v1, env: { COMMIT: 'a', VERSION: 'v1' } });
    expect(other.digest).toBe(one.digest);
    expect(other.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(images.put(ref, v2).digest).not.toBe(one.digest);
  });

  it.each([
    { name: 'another tag', wanted: 'registry.fly.io/shop:v2' },
    { name: 'another repository', wanted: 'registry.fly.io/cart:v1' },
    { name: 'an unknown digest', wanted: `registry.fly.io/shop@sha256:${'0'.repeat(64)}` },
    { name: 'no tag, which means latest', wanted: 'registry.fly.io/shop' },
  ])('does not find $name', ({ wanted }) => {
    expect(new Images({ [ref]: v1 }).resolve(wanted)).toBeUndefined();
  });

  it('reads the port of a registry as part of its name', () => {
    const images = new Images();
    images.put('localhost:5000/shop', v1);
    expect(images.resolve('localhost:5000/shop:latest')).toMatchObject({
      ref: 'localhost:5000/shop:latest',
      app: 'shop',
    });
  });

  it('forgets a pruned image under its tags and its digest', () => {
    const images = new Images({ [ref]: v1, 'registry.fly.io/shop:same': v1, 'registry.fly.io/shop:v2': v2 });
    const digest = images.resolve(ref)?.digest;
    images.prune(ref);
    expect(images.list().map((image) => image.ref)).toEqual(['registry.fly.io/shop:v2']);
    expect(images.resolve(`registry.fly.io/shop@${digest}`)).toBeUndefined();
  });

  it('goes back to its seed', () => {
    const images = new Images({ [ref]: v1 });
    images.put(ref, v2);
    images.put('registry.fly.io/shop:v2', v2);
    images.reset();
    expect(images.list().map((image) => [image.ref, image.env.VERSION])).toEqual([[ref, 'v1']]);
  });
});
