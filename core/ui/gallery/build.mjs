import { promisify } from 'node:util';
import { rspack } from '@rspack/core';
import config from './rspack.config.mjs';

const stats = await promisify(rspack)(config);
console.log(stats.toString({ preset: 'errors-warnings', colors: false }).slice(0, 4000) || 'gallery built');
process.exit(stats.hasErrors() ? 1 : 0);
