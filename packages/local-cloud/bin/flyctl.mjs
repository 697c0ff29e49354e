#!/usr/bin/env node
import { run } from './stand-in/main.ts';

process.exitCode = await run(process.argv.slice(2));
