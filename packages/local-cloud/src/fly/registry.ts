import { assertMayChange, findApp } from './access.ts';
import { Refusal } from './refusal.ts';
import { type Call, param, type Route } from './route.ts';

/**
 * A registry that takes what an image is made from instead of its layers: an image known here, and what is baked in on
 * top of it. A push from a real builder is another protocol, and is not taken.
 */
export const registryRoutes: readonly Route[] = [
  {
    name: 'registry.push',
    host: 'registry.fly.io',
    method: 'PUT',
    path: '/v2/{repository}/manifests/{tag}',
    mutation: true,
    surface: 'uiex',
    access: 'token',
    handle: push,
  },
];

function push(call: Call) {
  assertMayChange(call.token);
  const { name } = findApp(call.world, call.token, param(call, 'repository'));
  const { base, env, labels } = call.body;
  const { images } = call.world.doors;
  const known = images.resolve(String(base));
  if (known === undefined) throw new Refusal(404, `manifest unknown: ${base}`);
  const { ref, digest } = images.put(`registry.fly.io/${name}:${param(call, 'tag')}`, {
    app: known.app,
    env: { ...known.env, ...Object(env) },
    labels: { ...known.labels, ...Object(labels) },
  });
  return { status: 201, headers: { 'docker-content-digest': digest }, body: { ref, digest } };
}
