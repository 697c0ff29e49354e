/** The probe as its post, started as `post.js` beside a bundle starts it. */
Reflect.set(globalThis, Symbol.for('belay.stage'), 'post');
await import('./probe-action.ts');
