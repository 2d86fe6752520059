import { keepToOwnAddresses } from './own-addresses.ts';

/* Loaded into the programs that tests start, as `own-addresses-only.ts` is into the tests. */
keepToOwnAddresses((sentence) => {
  process.stderr.write(`this program ${sentence}\n`);
  process.exit(99);
});
