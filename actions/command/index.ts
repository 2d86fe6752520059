#!/usr/bin/env node
import { runCommand } from './run-command.ts';
import { versionAbove } from './version.ts';

await runCommand(process, versionAbove(import.meta.url));
