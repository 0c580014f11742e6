import { benchDrain } from './drain.js';
import { benchLint } from './lint.js';
import { benchSimulate } from './simulate.js';

benchLint();
await benchDrain();
await benchSimulate();
console.log();
