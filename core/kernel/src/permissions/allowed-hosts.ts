const FROM_SETTING = 'config:';
const PLACE = /\{(\w+)\}/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const settingOf = (settings: unknown, name: string): unknown =>
  (settings as Readonly<Record<string, unknown>> | undefined)?.[name];

/** `entry` once for each text of the setting that it names in braces. */
function filledIn(entry: string, settings: unknown): readonly string[] {
  const [place, name] = PLACE.exec(entry) ?? [];
  if (place === undefined || name === undefined) return [entry];
  return [settingOf(settings, name)]
    .flat()
    .filter((value): value is string => typeof value === 'string' && LABEL.test(value))
    .flatMap((value) => filledIn(entry.replace(place, value), settings));
}

/**
 * The hosts a plugin may call, those that stand in its settings included.
 * Shape: `api.example.com` stays as it is; `config:baseUrl` becomes the origin of the URL in the setting `baseUrl`, which
 * the operator gave and which may therefore be a private address; `api.{region}.example.com` is one host for each text of
 * the setting `region`, which is one part of a name. A setting that holds neither allows nothing.
 */
export const allowedHosts = (declared: readonly string[], settings: unknown): readonly string[] =>
  declared.flatMap((entry) => {
    if (!entry.startsWith(FROM_SETTING)) return filledIn(entry, settings);
    const value = settingOf(settings, entry.slice(FROM_SETTING.length));
    return typeof value === 'string' && value.includes('://') ? [new URL(value).origin] : [];
  });
