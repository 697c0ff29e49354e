import { ActionFailure } from '../outcome/failure.ts';
import type { ToolSpec } from './tool.ts';

/** Which version of a tool is wanted. */
export type VersionRequest =
  | { readonly kind: 'exact'; readonly version: string }
  | { readonly kind: 'latest' }
  | { readonly kind: 'path' };

/** A version anywhere in what a tool prints; the `v` is not part of it. */
export const versionPattern = /\bv?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)\b/;

/** Reads `0.4.85`, `latest` or `path`; empty means the default version. Ranges are refused: they drift. */
export function parseVersionRequest(text: string, spec: ToolSpec): VersionRequest {
  if (text === '') return { kind: 'exact', version: spec.defaultVersion };
  if (text === 'latest' || text === 'path') return { kind: text };
  const version = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(text)?.[1];
  if (version !== undefined) return { kind: 'exact', version };
  throw new ActionFailure({
    code: 'input-invalid',
    what: `${spec.inputs.version} is "${text}"`,
    why: 'a version is three numbers, such as 0.4.85; ranges are not resolved',
    next: `Set ${spec.inputs.version} to a version such as ${spec.defaultVersion}, to latest, or to path`,
  });
}
