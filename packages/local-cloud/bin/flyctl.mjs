#!/usr/bin/env node
import './stand-in/main.ts';
