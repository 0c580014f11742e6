import { pageOf } from './html/page.js';
import { renderHeader, renderRuns } from './html/report.js';
import type { Reporter } from './reporter.js';

/** The report as one page with everything in it: no file beside it, no network, readable without its script. */
export const html: Reporter = (report, { name } = {}) => {
  const { plan, host, startedAt } = report.recording;
  return pageOf({
    verdict: report.verdict,
    target: name ?? plan.command.join(' '),
    header: renderHeader(report, name),
    main: renderRuns(report),
    footer: `Recorded ${startedAt.slice(0, 16).replace('T', ' ')} UTC on ${host.os} with sigterm, Node.js ${host.node}.`,
  });
};
