import { type Configuration, rspack } from '@rspack/core';
import { buildErrors } from './build-errors.ts';

/** Runs one build. @throws BUILD_COMPILE_FAILED with the compiler's messages */
export function compile(side: string, config: Configuration): Promise<void> {
  const compiler = rspack(config);
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error) reject(error);
        else if (stats?.hasErrors()) {
          const text = stats.toString({ preset: 'errors-only', colors: false });
          reject(buildErrors.COMPILE_FAILED({ side, text }));
        } else resolve();
      });
    });
  });
}
