const enabled = /(?:^|[\s,])(?:\*|graceful-shutdown)(?:$|[\s,])/.test(process.env.DEBUG ?? '');

/** With `DEBUG=graceful-shutdown`, says on stderr why a site was judged as it was. */
export function debug(message: string): void {
  if (enabled) process.stderr.write(`graceful-shutdown ${message}\n`);
}
