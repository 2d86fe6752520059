import { readFileSync } from 'node:fs';
import { totalsLine } from './run.ts';

const texts = process.argv.slice(2).map((file) => readFileSync(file, 'utf8'));
process.stdout.write(`${totalsLine(texts)}\n`);
