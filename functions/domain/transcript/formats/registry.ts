import type { TranscriptFormat } from '../format.ts';
import { aider } from './aider.ts';
import { amp } from './amp.ts';
import { atif } from './atif.ts';
import { claudeCode } from './claude-code.ts';
import { claudeCodeExport } from './claude-code-export.ts';
import { claudeCodeHtml } from './claude-code-html.ts';
import { claudeCodeWeb } from './claude-code-web.ts';
import { clineApi } from './cline-api.ts';
import { clineMarkdown } from './cline-md.ts';
import { clineUi } from './cline-ui.ts';
import { codex } from './codex.ts';
import { codexLegacy } from './codex-legacy.ts';
import { copilotCli } from './copilot-cli.ts';
import { copilotMarkdown } from './copilot-markdown.ts';
import { crush } from './crush.ts';
import { cursor } from './cursor.ts';
import { cursorMarkdown } from './cursor-md.ts';
import { droid } from './droid.ts';
import { droidEvents } from './droid-events.ts';
import { geminiCli } from './gemini-cli.ts';
import { geminiCliJsonl } from './gemini-cli-jsonl.ts';
import { geminiShareJson } from './gemini-share-json.ts';
import { geminiShareMarkdown } from './gemini-share-markdown.ts';
import { geminiStream } from './gemini-stream.ts';
import { goose } from './goose.ts';
import { gooseExport } from './goose-export.ts';
import { hermes } from './hermes.ts';
import { hermesGateway } from './hermes-gateway.ts';
import { kimiCode } from './kimi-code.ts';
import { kimiContext } from './kimi-context.ts';
import { kimiExport } from './kimi-export.ts';
import { kimiWire } from './kimi-wire.ts';
import { miniSweAgent } from './mini-swe-agent.ts';
import { opencodeExport } from './opencode-export.ts';
import { opencodeMarkdown } from './opencode-markdown.ts';
import { opencodeRun } from './opencode-run.ts';
import { openhandsEval } from './openhands-eval.ts';
import { openhandsV0 } from './openhands-v0.ts';
import { openhandsV1 } from './openhands-v1.ts';
import { pi } from './pi.ts';
import { piHtml } from './pi-html.ts';
import { qwenCode } from './qwen-code.ts';
import { specstory } from './specstory.ts';
import { sts } from './sts.ts';
import { sweAgent } from './swe-agent.ts';

/** Every format we read. A new one is a file beside this one and a line here; of equal claims the earlier wins. */
export const formats: readonly TranscriptFormat[] = [
  sts,
  // Before Claude Code, whose envelope it has.
  qwenCode,
  claudeCode,
  claudeCodeWeb,
  claudeCodeExport,
  claudeCodeHtml,
  codex,
  codexLegacy,
  droid,
  droidEvents,
  pi,
  piHtml,
  atif,
  crush,
  hermes,
  hermesGateway,
  kimiCode,
  kimiContext,
  kimiExport,
  kimiWire,
  miniSweAgent,
  openhandsEval,
  openhandsV0,
  openhandsV1,
  sweAgent,
  aider,
  amp,
  clineApi,
  clineMarkdown,
  clineUi,
  cursor,
  cursorMarkdown,
  goose,
  gooseExport,
  specstory,
  copilotCli,
  copilotMarkdown,
  geminiCli,
  geminiCliJsonl,
  geminiShareJson,
  geminiShareMarkdown,
  geminiStream,
  opencodeExport,
  opencodeMarkdown,
  opencodeRun,
];
