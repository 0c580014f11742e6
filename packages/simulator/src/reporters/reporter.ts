import type { Report } from '../judge.js';

/** How a report is to be written down; each reporter takes what concerns it. */
export interface ReportOptions {
  /** Width of the terminal in characters. Default 80. */
  columns?: number;
  /** Whether to use colours. Default false. */
  color?: boolean;
  /** What the target is called where there are several. Default: its command. */
  name?: string;
  /** The directory that file names are relative to. Default: the working directory. */
  directory?: string;
}

/** Writes a report down. */
export type Reporter = (report: Report, options?: ReportOptions) => string;
