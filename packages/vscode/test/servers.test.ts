import { describe, expect, it } from 'vitest';
import { distinctServers, lineOfDeclaration, type Found } from '../src/core/targets/servers.js';
import type { TargetKind } from '../src/core/targets/target.js';

describe('distinctServers', () => {
  const found = (kind: TargetKind, name: string, file?: string): Found => ({
    id: `${kind}:${name}`,
    name,
    kind,
    cwd: '/shop',
    ...(file === undefined ? {} : { file }),
  });
  const namesOf = (...all: Found[]) => distinctServers(all).map(({ name }) => name);

  it('has one entry for all that starts one file, by the name that is found first', () => {
    const api = '/shop/api.js';
    expect(
      namesOf(found('launch', 'Debug', api), found('script', 'start', api), found('file', 'api.js', api)),
    ).toEqual(['Debug']);
    expect(namesOf(found('script', 'start', api), found('script', 'web', '/shop/web.js'))).toEqual([
      'start',
      'web',
    ]);
  });

  it('has each target of a configuration, and each that starts no known file', () => {
    const api = '/shop/api.js';
    expect(
      namesOf(found('config', 'few', api), found('config', 'few', api), found('config', 'many', api)),
    ).toEqual(['few', 'many']);
    expect(namesOf(found('script', 'start'), found('script', 'serve'), found('script', 'start'))).toEqual([
      'start',
      'serve',
    ]);
  });
});

describe('lineOfDeclaration', () => {
  it.each([
    [
      'script',
      'start',
      '{\n  "start": 1,\n  "scripts": {\n    "prestart": "x",\n    "start": "node ."\n  }\n}',
      4,
    ],
    ['launch', 'Run (all)', '{\n  "configurations": [\n    {\n      "name": "Run (all)" }] }', 3],
    [
      'config',
      'shop',
      "export default {\n  targets: {\n    workshop: {},\n    shop: { command: 'node shop.js' } } };",
      3,
    ],
    ['config', 'a-b', '{\n "targets": { "x": {},\n  "a-b": {} } }', 2],
    ['config', 'shop', 'export default { targets: { shop: {} } };', 0],
    ['script', 'gone', '{\n  "scripts": {} }', 0],
  ] as const)('finds the %s %s', (kind, name, text, line) => {
    expect(lineOfDeclaration(text, kind, name)).toBe(line);
  });
});
