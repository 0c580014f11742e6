import type { Report } from 'sigterm';
import type { Translate } from './translate.js';

/** A verdict in a few words with its most telling number, for a lens and the status bar. */
export function verdictLine(report: Report, t: Translate): string {
  const checks = report.runs.flatMap((run) => run.checks);
  if (report.verdict === 'unknown') return t('? cannot tell');
  if (report.verdict === 'graceful') {
    const times = checks.flatMap((check) => (check.code === 'exit/in-time' ? [check.args.exitMs] : []));
    return times.length === 0 ? t('✓ graceful') : t('✓ graceful · {0}', shortTime(Math.max(...times)));
  }
  const lost = checks.find(({ code }) => code === 'in-flight/lost');
  if (lost?.code === 'in-flight/lost')
    return t('✗ {0} of {1} lost · {2}', lost.args.lost, lost.args.total, shortTime(lost.args.firstMs));
  const failed = checks.filter(({ status }) => status === 'fail').length;
  return t('✗ not graceful · checks failed: {0}', failed);
}

function shortTime(ms: number): string {
  return ms < 100 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
