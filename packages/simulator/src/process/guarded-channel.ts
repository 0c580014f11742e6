import { Channel, createChannelDirectory } from './channel.js';
import { GuardProcess } from './guard-process.js';

/** What every start begins with: a channel, and a guard that is there before anything runs. */
export interface GuardedChannel {
  readonly guard: GuardProcess;
  readonly channel: Channel;
}

/**
 * Starts the guard of a start, and opens its channel.
 *
 * @param runId Marks every process of the start.
 * @param cleanups Gets what takes both back, the guard's first: where they are run in reverse, it goes last.
 */
export async function openGuardedChannel(
  runId: string,
  cleanups: (() => unknown)[],
): Promise<GuardedChannel> {
  const guard = await GuardProcess.start();
  cleanups.push(() => guard.dismiss());
  const directory = createChannelDirectory();
  guard.remember(directory);
  const channel = await Channel.open(directory);
  cleanups.push(() => channel.close());
  guard.expect(runId);
  return { guard, channel };
}
