/**
 * A program for the machine of a rehearsal: development's stand-in for GitHub with the bundled gists, for one OAuth app.
 *
 *   node testing-github.ts PORT CLIENT_ID CLIENT_SECRET
 */
import { fileURLToPath } from 'node:url';
import { startStandin } from '#github/standin/server.ts';

const [port, clientId = '', clientSecret = ''] = process.argv.slice(2);
const gistsDir = fileURLToPath(import.meta.resolve('#github/standin/examples'));
await startStandin({ port: Number(port), gistsDir, accounts: ['moderator'], clientId, clientSecret });
