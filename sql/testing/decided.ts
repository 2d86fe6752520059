import { readFileSync } from 'node:fs';
import type { Role } from './roles.ts';

/** What sql/grants.sql says of each table, as it is written there: role by role, the verbs. */
export function decidedRights(): Map<string, Record<Role, string[]>> {
  const text = readFileSync(new URL('../grants.sql', import.meta.url), 'utf8');
  const lines = text.matchAll(/^ +\('(\w+)', +'([\w, ]*)', +'([\w, ]*)', +'([\w, ]*)', +'([\w, ]*)'\),?$/gm);
  const verbs = (list: string) => list.split(', ').filter(Boolean);
  return new Map(
    [...lines].map(([, table = '', site = '', jobs = '', retention = '', backup = '']) => [
      table,
      { site: verbs(site), jobs: verbs(jobs), retention: verbs(retention), backup: verbs(backup) },
    ]),
  );
}

/** The tables of the committed schema. */
export function committedTables(): string[] {
  const text = readFileSync(new URL('../schema.sql', import.meta.url), 'utf8');
  return [...text.matchAll(/^create table (\w+) /gm)].map(([, table = '']) => table);
}
