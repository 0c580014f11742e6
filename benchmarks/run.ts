import { benchDrain } from './drain.js';
import { benchLint } from './lint.js';

benchLint();
await benchDrain();
console.log();
