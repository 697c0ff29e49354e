import type { Proof } from '../../exchange/start-tls.ts';
import { BindProblem } from '../bind-problem.ts';

/** Whether TLS is asked for, whether it must come, and what its certificate must prove. */
export interface TlsTerms {
  readonly name: string;
  readonly asked: boolean;
  readonly needed: boolean;
  readonly proof: Proof;
}

/** The words of `sslmode` mean what they mean to psql; `no-verify` is what some clients call `require`. */
const modes: Readonly<Record<string, Omit<TlsTerms, 'name'>>> = {
  disable: { asked: false, needed: false, proof: 'none' },
  allow: { asked: true, needed: false, proof: 'none' },
  prefer: { asked: true, needed: false, proof: 'none' },
  require: { asked: true, needed: true, proof: 'none' },
  'no-verify': { asked: true, needed: true, proof: 'none' },
  'verify-ca': { asked: true, needed: true, proof: 'chain' },
  'verify-full': { asked: true, needed: true, proof: 'name' },
};

export function tlsTerms(options: URLSearchParams): TlsTerms {
  const name = options.get('sslmode') ?? 'prefer';
  const terms = Object.hasOwn(modes, name) ? modes[name] : undefined;
  if (terms === undefined) {
    throw new BindProblem(
      `\`sslmode\` in the URL of \`postgres\` must be one of ${Object.keys(modes).join(', ')}.`,
    );
  }
  return { name, ...terms };
}
