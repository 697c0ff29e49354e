import { data, Evaluator, type Expr, Lexer, Parser } from '@actions/expressions';
import { truthy } from '@actions/expressions/result';
import type { JobStatus } from './job-result.ts';

/** How what came before has gone; `skipped` is neither a success nor a failure. */
export type Standing = JobStatus | 'skipped';

/** What an expression may name. Naming any other context is an error, as on GitHub. */
export interface Scope {
  readonly contexts: Readonly<Record<string, unknown>>;
  /** Absent where status functions are not allowed. */
  readonly status?: Standing;
}

/** Replaces every `${{ … }}` in a text by its value. */
export function fillTemplate(text: string, scope: Scope): string {
  return text.replace(placeholder, (_, expression: string) => evaluate(expression, scope).coerceString());
}

/** Reads a condition as a truth. A step's `if` implies `success()`; an action's `post-if` does not. */
export function conditionHolds(condition: string, scope: Scope & { impliesSuccess: boolean }): boolean {
  const own = (/^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1] ?? condition).trim() || 'true';
  const whole = scope.impliesSuccess && !namesStatus(own) ? `success() && (${own})` : own;
  return truthy(evaluate(whole, scope));
}

/** A quoted string inside may contain `}}`, and doubles its own quotes. */
const placeholder = /\$\{\{((?:[^'}]|'[^']*'|\}(?!\}))*)\}\}/g;

const statusFunctions: Readonly<Record<string, (status: Standing) => boolean>> = {
  always: () => true,
  success: (status) => status === 'success',
  failure: (status) => status === 'failure',
  cancelled: (status) => status === 'cancelled',
};

function evaluate(expression: string, { contexts, status }: Scope): data.ExpressionData {
  const functions = Object.entries(status === undefined ? {} : statusFunctions).map(([name, holds]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(status !== undefined && holds(status)),
  }));
  const { tokens } = new Lexer(expression.trim()).lex();
  const tree: Expr = new Parser(tokens, Object.keys(contexts), functions).parse();
  const values = new data.Dictionary(
    ...Object.entries(contexts).map(([key, value]) => ({ key, value: asData(value) })),
  );
  return new Evaluator(tree, values, new Map(functions.map((one) => [one.name, one]))).evaluate();
}

function namesStatus(expression: string): boolean {
  const { tokens } = new Lexer(expression.trim()).lex();
  return tokens.some(
    ({ lexeme }, index) =>
      Object.hasOwn(statusFunctions, lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === '(',
  );
}

function asData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver);
}
