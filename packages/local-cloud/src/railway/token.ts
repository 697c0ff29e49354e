import type { Environment } from './deployment.ts';
import type { Workspace } from './model.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** https://docs.railway.com/integrations/api#creating-a-token: what each is good for. */
export type Token =
  | {
      readonly kind: 'project';
      readonly id: string;
      readonly name: string;
      readonly value: string;
      readonly environment: Environment;
      readonly createdAt: number;
    }
  | { readonly kind: 'workspace'; readonly value: string; readonly workspace: Workspace }
  | { readonly kind: 'account'; readonly value: string; readonly user: User };
