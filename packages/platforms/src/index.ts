export { budget, budgetLine } from './budget.js';
export type { Budget, BudgetOptions, BudgetPart, BudgetPartKind, BudgetVerdict } from './budget.js';
export type {
  Leftovers,
  Platform,
  PlatformFact,
  Reach,
  ReadinessProbe,
  Setting,
  Source,
} from './platform.js';
export { findPlatform, platforms, type PlatformId } from './table.js';
export { findProgram, type Program, type WrapperKind } from './shape/program.js';
export type { Wrapper, WrapperDoes } from './shape/wrappers.js';
export { findSignalPath } from './shape/index.js';
export type {
  Answer,
  PathStep,
  ShellKind,
  SignalPath,
  SignalPathOptions,
  SignalPathWhy,
} from './shape/index.js';
