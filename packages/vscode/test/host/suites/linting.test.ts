import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { diagnosticsOf, openCopy } from '../workspace.js';
import { until } from '../conditions.js';

describe('problems', () => {
  it('are reported when a file is opened', async () => {
    const document = await openCopy('http/unsafe/server.js');
    const [diagnostic] = await until('a problem is reported', () => diagnosticsOf(document));
    assert.equal(diagnostic?.source, 'graceful-shutdown');
  });
});
