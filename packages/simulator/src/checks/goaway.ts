import { afterSignal, type Check } from './check.js';

/** Clients of HTTP/2 are told by GOAWAY to send nothing more on their session, and each session ends. */
export const goaway: Check = {
  id: 'goaway',
  ask(run) {
    const { server, timeline, signalMs, events } = run;
    if (server.protocol !== 'http2' && server.protocol !== 'http2s') return undefined;
    const sessions = timeline.connections.filter(
      ({ probe, openedAtMs, closed }) =>
        probe !== 'new-connection' &&
        openedAtMs <= signalMs &&
        (closed === undefined || closed.atMs >= signalMs),
    );
    const total = sessions.length;
    if (total === 0) return undefined;
    const ids = new Set(sessions.map(({ id }) => id));
    const frames = events.flatMap((event, index) =>
      event.type === 'goaway' && event.atMs >= signalMs && ids.has(event.connection)
        ? [{ ...event, index }]
        : [],
    );
    const told = new Set(frames.map(({ connection }) => connection)).size;
    const { killedAtMs = Infinity, endMs } = timeline;
    const open = sessions.filter(({ closed }) => closed === undefined || closed.atMs >= killedAtMs).length;
    const evidence = frames.map(({ index }) => index);
    if (open > 0) {
      const args = { total, open, told, killedMs: afterSignal(run, Math.min(killedAtMs, endMs)) };
      return { status: 'warn', code: 'goaway/left-open', args, evidence };
    }
    if (told < total) return { status: 'warn', code: 'goaway/missing', args: { total, told }, evidence };
    // A server may warn first, with the highest id there is, and name the last stream only then.
    const lastFrames = new Map(frames.map((frame) => [frame.connection, frame]));
    const args = {
      total,
      firstMs: Math.min(...frames.map(({ atMs }) => afterSignal(run, atMs))),
      lastStreamIds: [...new Set([...lastFrames.values()].map(({ lastStreamId }) => lastStreamId))].sort(
        (a, b) => a - b,
      ),
      errorCodes: [...new Set(frames.map(({ errorCode }) => errorCode))].filter((code) => code !== 0),
      endedMs: Math.max(...sessions.map(({ closed }) => afterSignal(run, closed?.atMs ?? endMs))),
    };
    return { status: 'pass', code: 'goaway/sent', args, evidence };
  },
};
