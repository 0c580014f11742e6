import { describe, expect, it } from 'vitest';
import plugin from '../src/index.js';
import { lint } from './lint.js';

const NAME = 'graceful-shutdown/drain-timeout-within-grace-period';
const OPEN = `import { createServer } from 'node:http';\nconst server = createServer();\nserver.listen(3000);\n`;
const drained = (timer: string) =>
  `${OPEN}const stop = () => {\n  ${timer}\n  server.close(() => process.exit(0));\n};\nprocess.on('SIGTERM', stop);\nprocess.on('SIGINT', stop);\n`;
const exitsAfter = (delay: string) => drained(`setTimeout(() => process.exit(1), ${delay}).unref();`);

const messages = (code: string, options: object = {}) => lint(code, 'esm', { [NAME]: ['error', options] });

describe('a deadline that comes too late', () => {
  it.each([
    ['a literal', exitsAfter('60_000'), {}, '60 s'],
    ['a product', exitsAfter('60 * 1000'), {}, '60 s'],
    ['a constant', `const LIMIT = 45_000;\n${exitsAfter('LIMIT')}`, {}, '45 s'],
    ['a little more', exitsAfter('31_000'), {}, '31 s'],
    ['of docker', exitsAfter('12_000'), { platform: 'docker' }, '12 s'],
    ['of a grace period of its own', exitsAfter('6000'), { graceMs: 5000 }, '6 s'],
    [
      'of a library',
      `import closeWithGrace from 'close-with-grace';\n${OPEN}closeWithGrace({ delay: 40_000 }, async () => { await new Promise((resolve) => server.close(resolve)); });\n`,
      {},
      '40 s',
    ],
  ])('%s', (_name, code, options, deadline) => {
    const [message, ...others] = messages(code, options);
    expect(others).toEqual([]);
    expect(message?.message).toContain(`is given ${deadline} on SIGTERM and SIGINT`);
  });

  it('can be set to four fifths of the grace period', () => {
    const [message] = messages(exitsAfter('60_000'));
    expect(message?.suggestions?.[0]?.desc).toBe('Set the deadline to 24 s.');
    expect(message?.suggestions?.[0]?.fix.text).toBe('24_000');
  });
});

describe('a deadline that is not too late, or cannot be told', () => {
  it.each([
    ['below the grace period', exitsAfter('10_000')],
    ['the very grace period', exitsAfter('30_000')],
    ['from the environment', exitsAfter('Number(process.env.LIMIT)')],
    [
      'two, of which one comes in time',
      drained(
        'setTimeout(() => process.exit(1), 60_000);\n  setTimeout(() => server.closeAllConnections(), 8000);',
      ),
    ],
    ['none at all', drained('')],
    ['no handler at all', OPEN],
    ['a timer that only waits', drained('new Promise((resolve) => setTimeout(resolve, 60_000));')],
  ])('%s', (_name, code) => {
    expect(messages(code)).toEqual([]);
  });
});

describe('the config of a platform', () => {
  it.each(['docker', 'kubernetes', 'ecs', 'fly', 'cloud-run'] as const)('%s knows its grace period', (id) => {
    const { rules } = plugin.configs[id];
    expect(rules?.[NAME]).toEqual(['error', { platform: id }]);
    expect(plugin.configs[`${id}-legacy`].rules).toEqual(rules);
    const found = lint(exitsAfter('60_000'), 'esm', rules as never).map(({ ruleId }) => ruleId);
    expect(found).toEqual([NAME]);
  });

  it('writes a deadline that ends before Docker kills', () => {
    const [message] = lint(OPEN, 'esm', plugin.configs.docker.rules as never);
    expect(message?.fix?.text).toContain('process.exit(1), 8_000)');
  });

  it('judges and shortens no deadline where the platform gives no time by default', () => {
    const rules = plugin.configs.railway.rules as never;
    expect(lint(exitsAfter('60_000'), 'esm', rules)).toEqual([]);
    expect(lint(OPEN, 'esm', rules)[0]?.fix?.text).toContain('process.exit(1), 10_000)');
  });
});
