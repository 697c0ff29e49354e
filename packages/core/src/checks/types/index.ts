import { assetsCheck } from './assets.ts';
import type { CheckType } from './check-type.ts';
import { httpCheck } from './http.ts';

/** Every type a check may have, by the key that names it. A new type is a new file and a line here. */
export const checkTypes: readonly CheckType[] = [httpCheck, assetsCheck];

export { releaseCheck } from './release.ts';
