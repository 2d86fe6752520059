import { once } from 'node:events';
import { connect } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { silent } from '../testing.ts';
import { serveWire, type WireServer } from './wire-server.ts';

// Embedded databases start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const token = 'the-token';
let db: PGlite;
let server: WireServer;

beforeAll(async () => {
  db = await PGlite.create();
  server = await serveWire(db, { token, log: silent, idleInTransaction: 300, messageLimit: 4_000_000 });
});
afterAll(async () => {
  await server.close();
  await db.close();
});

async function client(password = token): Promise<pg.Client> {
  const made = new pg.Client({ host: '127.0.0.1', port: server.port, user: 'postgres', password });
  made.on('error', () => undefined);
  await made.connect();
  return made;
}

async function clients(count: number): Promise<pg.Client[]> {
  return await Promise.all(Array.from({ length: count }, () => client()));
}

async function end(...open: pg.Client[]): Promise<void> {
  for (const one of open) await one.end();
}

test('clients with large parameters get their own rows', async () => {
  const open = await clients(4);
  const text = 'x'.repeat(300_000);
  const answers = await Promise.all(
    open.map(async (one, who) => {
      const seen: unknown[] = [];
      for (let round = 0; round < 40; round += 1) {
        const sql = `select length($1::text) as size, ${who} as who, $2::int as round`;
        seen.push(...(await one.query(sql, [text, round])).rows);
      }
      return seen;
    }),
  );
  const expected = (who: number) => Array.from({ length: 40 }, (_, round) => ({ size: 300_000, who, round }));
  expect(answers).toEqual([0, 1, 2, 3].map(expected));
  await end(...open);
});

test('failing statements of one client leave the other client alone', async () => {
  const [bad, good] = await clients(2);
  if (!bad || !good) throw new Error('two clients were asked for');
  const codes: string[] = [];
  const answers: number[] = [];
  const failing = async () => {
    for (let n = 0; n < 20; n += 1)
      await bad.query('select 1 / $1::int', [0]).catch(({ code }) => codes.push(code));
  };
  const working = async () => {
    for (let n = 0; n < 20; n += 1) answers.push((await good.query('select $1::int as n', [n])).rows[0].n);
  };
  await Promise.all([failing(), working()]);
  expect(codes).toEqual(Array(20).fill('22012'));
  expect(answers).toEqual([...Array(20).keys()]);
  await end(bad, good);
});

test('an open transaction is not entered by another client, which gets its turn afterwards', async () => {
  const [first, second] = await clients(2);
  if (!first || !second) throw new Error('two clients were asked for');
  await first.query('create table turn (who text)');
  await first.query('begin');
  await first.query(`insert into turn values ('first')`);
  const waiting = second.query('select who from turn');
  await first.query('select pg_sleep(0.05)');
  await first.query('rollback');
  expect((await waiting).rows).toEqual([]);
  await first.query('drop table turn');
  await end(first, second);
});

test('a failed transaction keeps its turn until it is rolled back', async () => {
  const [first, second] = await clients(2);
  if (!first || !second) throw new Error('two clients were asked for');
  await first.query('begin');
  await expect(first.query('select nonsense')).rejects.toMatchObject({ code: '42703' });
  const waiting = second.query('select 7 as n');
  await expect(first.query('select 1')).rejects.toMatchObject({ code: '25P02' });
  await first.query('rollback');
  expect((await waiting).rows).toEqual([{ n: 7 }]);
  await end(first, second);
});

test('a client that vanishes inside a transaction is rolled back', async () => {
  const [first, second] = await clients(2);
  if (!first || !second) throw new Error('two clients were asked for');
  await second.query('create table vanished (n int)');
  await first.query('begin');
  await first.query('insert into vanished values (1)');
  first.connection.stream.destroy();
  expect((await second.query('select count(*)::int as n from vanished')).rows).toEqual([{ n: 0 }]);
  await second.query('drop table vanished');
  await end(second);
});

test('a client that idles in a transaction is cut off, so that others get their turn', async () => {
  const [idler, other] = await clients(2);
  if (!idler || !other) throw new Error('two clients were asked for');
  const told = once(idler, 'error');
  await idler.query('begin');
  expect((await other.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  expect((await told)[0]).toMatchObject({ code: '25P03' });
  await end(other);
});

test('what a client set up is gone when it leaves', async () => {
  const leaver = await client();
  await leaver.query({ name: 'statement', text: 'select $1::int', values: [1] });
  await leaver.query(`set timezone = 'Asia/Tokyo'; create temp table left_behind (n int)`);
  await leaver.query('select pg_advisory_lock(1)');
  await leaver.end();
  const next = await client();
  const { rows } =
    await next.query(`select current_setting('timezone') as zone, to_regclass('left_behind') as temp,
    (select count(*)::int from pg_locks where locktype = 'advisory') as locks,
    (select count(*)::int from pg_prepared_statements where name <> '') as statements`);
  expect(rows).toEqual([{ zone: 'UTC', temp: null, locks: 0, statements: 0 }]);
  await end(next);
});

test('several statements in one text, and rows copied out, are answered', async () => {
  const one = await client();
  const answers: unknown = await one.query('select 1 as a; select 2 as b');
  expect(answers).toMatchObject([{ rows: [{ a: 1 }] }, { rows: [{ b: 2 }] }]);
  expect((await one.query('copy (select generate_series(1, 3)) to stdout')).rowCount).toBe(3);
  await end(one);
});

test('rows to copy in are refused with a reason, and the server serves on', async () => {
  const one = await client();
  await expect(one.query('copy pg_class from stdin')).rejects.toMatchObject({ code: '0A000' });
  const next = await client();
  expect((await next.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  await end(next);
});

test('a wrong password is refused', async () => {
  await expect(client('another-token')).rejects.toMatchObject({ code: '28P01' });
});

test('a message over the limit is refused', async () => {
  const one = await client();
  await expect(one.query('select $1::text', ['x'.repeat(4_000_001)])).rejects.toThrow();
  const next = await client();
  expect((await next.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  await end(next);
});

test.each([
  ['a web request', Buffer.from('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')],
  ['another protocol version', Buffer.from([0, 0, 0, 8, 0, 2, 0, 0])],
  ['a cancel request', Buffer.from([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 0])],
  ['a short packet', Buffer.from([0, 0, 0, 4])],
])('%s is not talked to', async (_name, opening) => {
  const socket = connect(server.port, '127.0.0.1').resume();
  socket.write(opening);
  await once(socket, 'close');
});

test('a client that asks for encryption is told that there is none', async () => {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  expect((await once(socket, 'data'))[0].toString()).toBe('N');
  socket.destroy();
});
