import { hasProbe, type Check } from './check.js';

/** Responses given during the drain tell the client not to send anything more on their connection. */
export const connectionClose: Check = {
  id: 'connection-close',
  ask(run) {
    if (!hasProbe(run, 'held-request')) return undefined;
    const { inFlight, signalMs, server } = run;
    const isHttp1 = server.protocol === 'http' || server.protocol === 'https';
    // A head that was on the wire before the signal could not know of it.
    const responses = isHttp1
      ? inFlight.filter(
          ({ headAtMs, result }) => result === 'complete' && headAtMs !== undefined && headAtMs > signalMs,
        )
      : [];
    if (responses.length === 0)
      return { status: 'skip', code: 'connection-header/none', args: { isHttp1 }, evidence: [] };
    const silent = responses.filter(({ connectionHeader }) => connectionHeader?.includes('close') !== true);
    const evidence = (silent.length > 0 ? silent : responses).flatMap(({ end }) =>
      end === undefined ? [] : [end.event],
    );
    const args = { total: responses.length, silent: silent.length };
    return silent.length > 0
      ? { status: 'warn', code: 'connection-header/missing', args, evidence }
      : { status: 'pass', code: 'connection-header/sent', args, evidence };
  },
};
