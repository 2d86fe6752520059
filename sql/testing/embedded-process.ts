import { openEmbedded } from '../embedded/open.ts';
import { silent } from './fresh.ts';

/*
 * A process that uses an embedded database, for tests that need several of them and kill some:
 *   node embedded-process.ts DIR hold     opens the database, prints whether it owns it, closes when its input ends
 *   node embedded-process.ts DIR insert   then inserts row after row, 50 at a time, and prints every row answered
 */
const [dataDir = '', mode] = process.argv.slice(2);
const db = await openEmbedded({ dataDir, log: silent });
await db.query('create table if not exists written (n text primary key)');
process.stdout.write(`${db.owner ? 'owner' : 'client'}\n`);

if (mode === 'insert') {
  const insertForever = async (lane: number) => {
    for (let row = 0; ; row += 1) {
      const n = `${process.pid}-${lane}-${row}`;
      await db.query('insert into written values ($1)', [n]);
      process.stdout.write(`${n}\n`);
    }
  };
  await Promise.all(Array.from({ length: 50 }, (_, lane) => insertForever(lane)));
}
process.stdin.resume().on('end', () => db.close());
