#!/usr/bin/env node
// Starts the command line from dist/, building it first in a fresh checkout.
const { existsSync } = require('node:fs');
const { execFileSync } = require('node:child_process');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const entry = path.join(root, 'dist', 'inbetween.cjs');
if (!existsSync(entry)) execFileSync(process.execPath, [path.join(root, 'tools', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
require(entry);
