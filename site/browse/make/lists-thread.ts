import { workerData } from 'node:worker_threads';
import { writeLists } from './write-lists.ts';

const [submissions, folder, layout]: Parameters<typeof writeLists> = workerData;
await writeLists(submissions, folder, layout);
