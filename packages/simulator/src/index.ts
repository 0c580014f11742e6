export { compare, describeComparison, type ComparedRow, type Comparison } from './compare.js';
export { defineConfig, type LoadedConfig, type SigtermConfig, type TargetConfig } from './config/config.js';
export { configNames, findConfig, loadConfig } from './config/load.js';
export type { CheckId, CheckResult, CheckStatus, Place } from './checks/check.js';
export { SimulationError, type ErrorCode } from './errors.js';
export { judge, type Report, type RunReport, type Verdict } from './judge.js';
export { checkTitles, describeCheck, type CheckArgs, type CheckCode } from './messages/checks.js';
export type { Words } from './messages/format.js';
export { describePlace } from './messages/places.js';
export type { Plan, SimulateHooks, SimulateOptions } from './options.js';
export { findListeningSockets, type ListeningSocket } from './process/listening-sockets.js';
export {
  findProcess,
  readCommandLine,
  readProcessTable,
  type ProcessEntry,
} from './process/process-table.js';
export {
  reporters,
  findReporter,
  type Reporter,
  type ReporterName,
  type ReportOptions,
} from './reporters/index.js';
export { findScenario, scenarios, type Scenario, type ScenarioId } from './scenarios/index.js';
export { simulate } from './simulate.js';
export type { SourceLine, TimelineEvent } from './timeline/events.js';
export { readTimeline, type ConnectionStory, type RequestStory, type Timeline } from './timeline/query.js';
export { readRecording } from './timeline/read-recording.js';
export type { RecordedServer, Recording, Run } from './timeline/recording.js';
