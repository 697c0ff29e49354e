globalThis[Symbol.for('belay.stage')] = 'post';
await import('./index.js');
