import { kernelErrors } from '@parley/kernel';
import type { DeniedSetting } from '../start-message.ts';

/** Settings in which each of `denied` throws when it is read, as it does where they come from. */
export function denySettings(
  plugin: string,
  settings: unknown,
  denied: readonly DeniedSetting[],
  tell: (path: DeniedSetting) => void,
): unknown {
  for (const path of denied) {
    const holder = path.slice(0, -1).reduce((value, name) => (value as Record<string, unknown>)[name], settings);
    const what = `the setting ${path.join('.')}`;
    Object.defineProperty(holder, path.at(-1) ?? '', {
      enumerable: true,
      get: () => {
        tell(path);
        throw kernelErrors.NOT_GRANTED({ plugin, what, line: `grants: { secrets: ['${path.join('.')}'] }` });
      },
    });
  }
  return settings;
}
