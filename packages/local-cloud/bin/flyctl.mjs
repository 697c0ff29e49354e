#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Stripping the types of two dozen files at every start took twice as long as all the rest of `flyctl version`.
enableCompileCache(fileURLToPath(new URL('../../../build/compile-cache', import.meta.url)));
const { run } = await import('./stand-in/main.ts');

process.exitCode = await run(process.argv.slice(2));
