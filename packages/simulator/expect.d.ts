/* eslint-disable @typescript-eslint/no-unused-vars, @typescript-eslint/no-explicit-any, @typescript-eslint/no-empty-object-type, @typescript-eslint/ban-ts-comment -- as the runners declare them */
// By hand: these interfaces belong to test runners that need not be there, and of which none is a dependency.
export * from './dist/expect.js';

declare global {
  namespace jest {
    interface Matchers<R, T = {}> {
      /** Whether what `simulate` recorded is graceful. */
      toDrainGracefully(): R;
    }
  }
}

// @ts-ignore -- only where vitest is installed
declare module 'vitest' {
  interface Assertion<T = any> {
    /** Whether what `simulate` recorded is graceful. */
    toDrainGracefully(): void;
  }
  interface AsymmetricMatchersContaining {
    toDrainGracefully(): void;
  }
}

// @ts-ignore -- only where @jest/globals is installed
declare module '@jest/expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /** Whether what `simulate` recorded is graceful. */
    toDrainGracefully(): R;
  }
}
