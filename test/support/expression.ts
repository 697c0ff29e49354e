/** `${{ … }}` around a text, so that no string in a test looks like a forgotten template literal. */
export function expression(text: string): string {
  return `\${{ ${text} }}`;
}
