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
