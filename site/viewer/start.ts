import { mountTranscripts } from './mount.ts';

mountTranscripts(document);
