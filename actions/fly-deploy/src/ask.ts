/** Loaded before everything else that a deploy needs: the first answer is waited for while the rest is loaded. */
export { askFly } from '#core/fly';
