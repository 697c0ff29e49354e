#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// It is started often, and its types need to be stripped but once.
enableCompileCache();
const { run } = await import('./stand-in/main.ts');

process.exitCode = await run(process.argv.slice(2));
