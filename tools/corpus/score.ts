import { DEFECTS, defectsOf, type Defect } from './label.js';
import type { Report } from './lint-clone.js';
import type { Site } from './match.js';

/** How the linter did on one defect. */
export interface DefectScore {
  readonly defect: Defect;
  /** Sites that have the defect. */
  readonly sites: number;
  /** Those with a report of any rule: one cause has one report. */
  readonly hits: number;
  /** Those with a report of a rule that is about this defect. */
  readonly byOwnRule: number;
  readonly misses: number;
  /** Sites without the defect that a rule about it reports, be they correct or wrong in another way. */
  readonly falseAlarms: number;
}

/** How one rule did. */
export interface RuleScore {
  readonly rule: string;
  /** Reported sites with any defect. */
  readonly hits: number;
  /** Sites with a defect this rule is about that it does not report. */
  readonly misses: number;
  /** Reported sites without any defect. */
  readonly falseAlarms: number;
  /** Reports at no labelled site. */
  readonly elsewhere: number;
}

export interface Score {
  readonly sites: number;
  readonly defective: number;
  readonly hits: number;
  readonly misses: number;
  readonly falseAlarms: number;
  /** From 0 to 1; null where nothing was reported. */
  readonly precision: number | null;
  /** From 0 to 1; null where nothing is wrong. */
  readonly recall: number | null;
  readonly byDefect: readonly DefectScore[];
  readonly byRule: readonly RuleScore[];
}

/** Counts sites, not reports: a site with three reports is one hit, or one false alarm. */
export function scoreOf(
  sites: readonly Site[],
  elsewhere: readonly Report[],
  rules: readonly string[],
): Score {
  const hits = sites.filter((site) => isDefective(site) && site.reports.length > 0).length;
  const misses = sites.filter(isMiss).length;
  const falseAlarms = sites.filter(isFalseAlarm).length;
  return {
    sites: sites.length,
    defective: hits + misses,
    hits,
    misses,
    falseAlarms,
    precision: hits + falseAlarms === 0 ? null : hits / (hits + falseAlarms),
    recall: hits + misses === 0 ? null : hits / (hits + misses),
    byDefect: DEFECTS.map((defect) => defectScore(sites, defect)),
    byRule: rules.map((rule) => ruleScore(sites, elsewhere, rule)),
  };
}

/** Whether the linter is silent on a site that is wrong. */
export function isMiss(site: Site): boolean {
  return isDefective(site) && site.reports.length === 0;
}

/** Whether the linter reports a site where nothing is wrong. */
export function isFalseAlarm(site: Site): boolean {
  return !isDefective(site) && site.reports.length > 0;
}

/** The defect a rule is about, by its name; null for a rule about several. */
export function defectOf(rule: string): Defect | null {
  if (/signal/.test(rule)) return 'no-signal-handling';
  if (/timeout|deadline/.test(rule)) return 'no-drain-timeout';
  if (/exit/.test(rule)) return 'exits-early';
  return /close/.test(rule) ? 'never-closes' : null;
}

function defectScore(sites: readonly Site[], defect: Defect): DefectScore {
  const wrong = sites.filter((site) => defectsOf(site.label).includes(defect));
  const right = sites.filter((site) => !defectsOf(site.label).includes(defect));
  const isOwn = ({ reports }: Site): boolean => reports.some(({ rule }) => defectOf(rule) === defect);
  const hits = wrong.filter(({ reports }) => reports.length > 0).length;
  return {
    defect,
    sites: wrong.length,
    hits,
    byOwnRule: wrong.filter(isOwn).length,
    misses: wrong.length - hits,
    falseAlarms: right.filter(isOwn).length,
  };
}

function ruleScore(sites: readonly Site[], elsewhere: readonly Report[], rule: string): RuleScore {
  const defect = defectOf(rule);
  const reported = sites.filter(({ reports }) => reports.some((report) => report.rule === rule));
  const silent = sites.filter((site) => !reported.includes(site));
  return {
    rule,
    hits: reported.filter(isDefective).length,
    misses: silent.filter(({ label }) => defect !== null && defectsOf(label).includes(defect)).length,
    falseAlarms: reported.filter((site) => !isDefective(site)).length,
    elsewhere: elsewhere.filter((report) => report.rule === rule).length,
  };
}

function isDefective({ label }: Site): boolean {
  return defectsOf(label).length > 0;
}
