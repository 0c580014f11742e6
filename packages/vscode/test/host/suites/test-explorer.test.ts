import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  workspace,
  CancellationTokenSource,
  TestRunRequest,
  type TestItem,
  type TestMessage,
  type TestRun,
  type TextDocument,
} from 'vscode';
import { afterEach, describe, it } from 'mocha';
import { api } from '../api.js';
import { until } from '../conditions.js';
import { commandLinesWith } from '../processes.js';
import { closeAll, openCopy, rewrite, workspaceFolder } from '../workspace.js';

/** It takes the signal, and goes on. */
const stubborn = `import { createServer } from 'node:http';
process.on('SIGTERM', () => {});
createServer((request, response) => response.end('hello')).listen(process.env.PORT ?? 3000);
`;

describe('the Test Explorer', () => {
  let restore = (): void => undefined;
  afterEach(async () => {
    restore();
    await closeAll();
  });

  it('has a server with its scenarios, and its mark at the call that listens', async () => {
    const document = await openCopy('express/unsafe/server.js');
    const target = await targetOf(document);
    const groups = [...target.children].map(([, group]) => group);
    assert.deepEqual(
      groups.map(({ children }) => children.size),
      [3, 15],
    );
    const { line } = document.positionAt(document.getText().indexOf('.listen('));
    for (const { range } of groups) assert.equal(range?.start.line, line);
  });

  it('fails at a line of the source where requests are lost, and skips what does not fit', async () => {
    const document = await openCopy('express/unsafe/server.js');
    const log = await record();
    const target = await targetOf(document);
    await run([scenario(target, 'in-flight'), scenario(target, 'idle'), scenario(target, 'grpc')]);
    assert.equal(log.results.get('in-flight'), 'failed');
    assert.equal(log.results.get('idle'), 'passed');
    assert.equal(log.results.get('grpc'), 'skipped');
    const [message] = log.messages;
    assert.ok(message?.location);
    assert.equal(message.location.uri.fsPath, document.uri.fsPath);
    const { line } = document.positionAt(document.getText().indexOf('.listen('));
    assert.equal(message.location.range.start.line, line);
    assert.ok(typeof message.message === 'object');
    assert.match(message.message.value, /8 of 8 lost/);
    assert.match(log.output, /\r\n/);
    assert.doesNotMatch(log.output, /(?<!\r)\n/);
    // Two starts, since gRPC needs one of its own, and one simulation.
    assert.equal(log.output.match(/^> /gm)?.length, 1);
    assert.deepEqual(commandLinesWith(document.uri.fsPath), []);
  });

  it('passes where all is well', async () => {
    const document = await openCopy('http/hello-graceful/server.js');
    const log = await record();
    const target = await targetOf(document);
    const [group] = [...target.children].map(([, one]) => one);
    assert.ok(group);
    await run([group]);
    assert.deepEqual(Object.fromEntries(log.results), {
      'in-flight': 'passed',
      idle: 'passed',
      'new-connections': 'passed',
    });
  });

  it('has an error where a server cannot be started', async () => {
    const document = await openCopy('http/unsafe/server.js');
    const target = await targetOf(document);
    const broken = `${document.getText()}\nthrow new Error('no database');\n`;
    await rewrite(document, broken);
    const log = await record();
    await run([scenario(target, 'in-flight')]);
    assert.equal(log.results.get('in-flight'), 'errored');
    const [message] = log.messages;
    assert.ok(typeof message?.message === 'object');
    assert.match(message.message.value, /no database/);
  });

  it('has what is written down too, each server once: at its call that listens, else at its line', async () => {
    const folder = join(workspaceFolder(), 'declared');
    const write = (name: string, text: string) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    };
    const server = stubborn.replace(/process.on.*\n/, '');
    for (const name of ['api.js', 'web.js', 'shop.js']) write(name, server);
    // Nobody sees that it listens.
    write('hidden.js', server.replace('.listen(', "[process.env.HOW ?? 'listen']("));
    const scripts = { start: 'node api.js', dev: 'node --watch api.js', 'serve:hidden': 'node hidden.js' };
    write('package.json', JSON.stringify({ type: 'module', scripts }, undefined, 2));
    write(
      'sigterm.config.js',
      "export default {\n  targets: {\n    shop: { command: 'node shop.js', requests: 3 },\n  },\n};\n",
    );
    // It takes nothing from the others.
    write('broken/package.json', '{}');
    write('broken/sigterm.config.js', "throw new Error('no such luck');\n");
    const launch = {
      type: 'node',
      request: 'launch',
      name: 'Web',
      program: '${workspaceFolder}/declared/web.js',
    };
    write('../.vscode/launch.json', JSON.stringify({ configurations: [launch] }));
    await until(
      'the launch configuration is known',
      () => workspace.getConfiguration('launch').get<unknown[]>('configurations')?.length === 1,
    );
    const { controller } = (await api()).tests;
    try {
      await controller.refreshHandler?.(new CancellationTokenSource().token);
      const found = () =>
        [...controller.items]
          .flatMap(([, { children }]) => [...children].map(([, item]) => item))
          .filter(({ uri }) => uri?.fsPath.startsWith(folder) === true)
          .map((item) => {
            const [, group] = [...item.children][0] ?? [];
            return `${item.label} ${basename(item.uri?.fsPath ?? '')}:${String(group?.range?.start.line)}`;
          })
          .sort();
      await until('the servers are found', () => found().length === 4);
      // Opened, each would be a work for every extension, and its problems would come and go.
      const opened = workspace.textDocuments.filter(({ uri }) => uri.fsPath.startsWith(`${folder}/shop`));
      assert.deepEqual(opened, []);
      assert.deepEqual(found(), [
        'Web web.js:1',
        'declared: serve:hidden package.json:5',
        'declared: start api.js:1',
        'shop shop.js:1',
      ]);
      assert.match([...controller.items].map(([, { error }]) => String(error)).join(), /no such luck/);
      const log = await record();
      const shop = [...controller.items]
        .flatMap(([, { children }]) => [...children].map(([, item]) => item))
        .find(({ label }) => label === 'shop');
      assert.ok(shop);
      await run([scenario(shop, 'in-flight')]);
      const [message] = log.messages;
      assert.ok(typeof message?.message === 'object');
      assert.match(message.message.value, /3 of 3 lost/);
    } finally {
      for (const path of [folder, join(folder, '../.vscode')]) rmSync(path, { recursive: true });
    }
    await until(
      'what was deleted is gone',
      () =>
        ![...controller.items].some(([, { children }]) =>
          [...children].some(([, { label }]) => label === 'Web'),
        ),
    );
  });

  it('runs again on save until it is told to stop', async () => {
    const document = await openCopy('http/hello-graceful/server.js');
    const target = await targetOf(document);
    const log = await record();
    const stop = new CancellationTokenSource();
    const { tests } = await api();
    const request = new TestRunRequest([scenario(target, 'in-flight')], undefined, tests.profile, true);
    await tests.profile.runHandler(request, stop.token);
    assert.equal(log.results.size, 0);
    await rewrite(document, stubborn);
    await until('the server runs', () => commandLinesWith(document.uri.fsPath).length > 0);
    stop.cancel();
    await until('nothing of it is left', () => commandLinesWith(document.uri.fsPath).length === 0);
    await until('the run has ended', () => log.ended === 1);
    await rewrite(document, `${stubborn}\n`);
    assert.equal(log.ended, 1);
  });

  /** Watches what is reported, beside the editor. */
  async function record() {
    const { controller } = (await api()).tests;
    const log = { results: new Map<string, string>(), messages: [] as TestMessage[], output: '', ended: 0 };
    const { createTestRun } = controller;
    const watched: typeof createTestRun = (...args) => {
      const original = createTestRun.apply(controller, args);
      const note = (result: string) => (item: TestItem, messages?: TestMessage | readonly TestMessage[]) => {
        log.results.set(item.label, result);
        if (typeof messages === 'object') log.messages.push(...[messages].flat());
        (original[result as 'failed'] as (...all: unknown[]) => void)(item, messages);
      };
      return {
        ...original,
        token: original.token,
        enqueued: original.enqueued.bind(original),
        started: original.started.bind(original),
        passed: note('passed'),
        failed: note('failed'),
        errored: note('errored'),
        skipped: note('skipped'),
        appendOutput(text: string, ...rest: []) {
          log.output += text;
          original.appendOutput(text, ...rest);
        },
        end() {
          log.ended += 1;
          original.end();
        },
      } as TestRun;
    };
    controller.createTestRun = watched;
    restore = () => {
      controller.createTestRun = createTestRun;
    };
    return log;
  }
});

async function run(items: readonly TestItem[]): Promise<void> {
  const { tests } = await api();
  await tests.profile.runHandler(
    new TestRunRequest(items, undefined, tests.profile),
    new CancellationTokenSource().token,
  );
}

async function targetOf({ uri }: TextDocument): Promise<TestItem> {
  const { controller } = (await api()).tests;
  return until('the server is found', () =>
    [...controller.items]
      .flatMap(([, folder]) => [...folder.children].map(([, item]) => item))
      .find((item) => item.uri?.toString() === uri.toString()),
  );
}

function scenario(target: TestItem, id: string): TestItem {
  const found = [...target.children]
    .map(([, group]) => group.children.get(`${target.id} ${id}`))
    .find((item) => item !== undefined);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}
