/** An image reference taken apart: `registry.fly.io/shop:v2@sha256:…`. */
export interface ImageRef {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

export function parseImageRef(text: string): ImageRef {
  const [named = '', digest = ''] = text.split('@');
  const slash = named.indexOf('/');
  const host = slash > 0 ? named.slice(0, slash) : '';
  const hasRegistry = host.includes('.') || host.includes(':') || host === 'localhost';
  const path = hasRegistry ? named.slice(slash + 1) : named;
  const [repository = '', tag = ''] = path.split(':');
  return { registry: hasRegistry ? host : 'docker-hub-mirror.fly.io', repository, tag, digest };
}
