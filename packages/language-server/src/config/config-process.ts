// Loads configurations of ESLint, which are code of the workspace: in a process of its own, whose first thread runs none
// of it, so that it can always end. It ends with the server that started it.
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { EslintConfigFile } from './find-config.js';
import { loadEslintrc } from './eslintrc-rules.js';
import { loadFlat } from './flat-rules.js';
import type { OwnRules, RulesRequest, RulesResponse } from './messages.js';

if (isMainThread) forward();
else parentPort?.on('message', (request: RulesRequest) => void answer(request));

function forward(): void {
  // What a configuration prints would stand among nothing.
  const worker = new Worker(new URL(import.meta.url), { stdout: true, stderr: true });
  const end = () => process.exit();
  process.on('disconnect', end);
  // The server may have gone while this was being loaded.
  if (!process.connected) end();
  process.on('message', (request) => {
    worker.postMessage(request);
  });
  worker.on('message', (response: RulesResponse) => process.send?.(response));
  worker.on('error', end);
  worker.on('exit', end);
}

const loaded = new Map<string, Promise<(filename: string) => OwnRules | null>>();

async function answer({ id, config, filename }: RulesRequest): Promise<void> {
  let response: RulesResponse;
  try {
    const known = loaded.get(config.file) ?? load(config);
    loaded.set(config.file, known);
    response = { id, rules: (await known)(filename) };
  } catch (error) {
    response = { id, error: error instanceof Error ? error.message : String(error) };
  }
  try {
    parentPort?.postMessage(response);
  } catch {
    parentPort?.postMessage({ id, error: 'the options of its rules are not plain data' });
  }
}

async function load({ kind, file }: EslintConfigFile): Promise<(filename: string) => OwnRules | null> {
  return kind === 'flat' ? loadFlat(file) : loadEslintrc(file);
}
