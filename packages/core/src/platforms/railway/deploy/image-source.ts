import type { ServiceIds } from '../api/api.ts';
import type { DeploymentAsked } from './asking-sender.ts';

/** An image of a registry, for a service whose source is one. */
export interface ImageSource {
  readonly kind: 'image';
  /** With its digest: `ghcr.io/acme/shop@sha256:…`. */
  readonly image: string;
}

/** Of what the source of the service names. */
export function ofImage(ids: ServiceIds, image: string): DeploymentAsked {
  return { of: { image }, ask: (api) => api.serviceInstanceDeployV2(ids) };
}
