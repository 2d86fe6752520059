import * as modules from 'node:module';
import { fileURLToPath } from 'node:url';

// Loaded before every script, by whatever Node started it: an old one must be told so, not fail on TypeScript.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  const arrived =
    process.platform === 'linux'
      ? 'npm ci brings it along: run that first, then use npm run.'
      : 'Install it first.';
  process.stderr.write(`This needs Node 24 or newer; this is ${process.versions.node}. ${arrived}\n`);
  process.exit(1);
}

// What was compiled once is not compiled again: a third of the time a small script takes. Where it cannot be kept, it
// is not.
modules.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
