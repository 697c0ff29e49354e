/** Values an expression may come to, so that a step's inputs can be read as in a run. By what it names, first match. */
const byName: readonly (readonly [pattern: RegExp, value: string])[] = [
  [/(^|[.-])(url)$/i, 'https://preview.example'],
  [/(sha|commit)$/i, 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'],
  [/image-ref$/, `registry.fly.io/shop@sha256:${'a'.repeat(64)}`],
  [/outputs\.digest$/, `sha256:${'a'.repeat(64)}`],
  [/(ledger-id|number|run_id)$/, '42'],
  [/^secrets\./, 'a-secret-of-twenty-four-x'],
  [/^github\.ref$/, 'refs/heads/main'],
];

/** A text with each of its expressions replaced; `inputs` are what a dispatch would give. */
export function plausible(text: string, inputs: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    const name = expression.trim();
    const input = /^inputs\.([\w-]+)$/.exec(name)?.[1];
    if (input !== undefined && inputs[input] !== undefined) return inputs[input];
    return byName.find(([pattern]) => pattern.test(name))?.[1] ?? 'plausible';
  });
}
