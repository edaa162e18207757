const FROM_SETTING = 'config:';

/**
 * The hosts a plugin may call, those that stand in its settings included.
 * Shape: `api.example.com` stays as it is; `config:baseUrl` becomes the origin of the URL in the setting `baseUrl`, which
 * the operator gave and which may therefore be a private address. A setting that holds no URL allows nothing.
 */
export const allowedHosts = (declared: readonly string[], settings: unknown): readonly string[] =>
  declared.flatMap((entry) => {
    if (!entry.startsWith(FROM_SETTING)) return [entry];
    const name = entry.slice(FROM_SETTING.length);
    const value = (settings as Readonly<Record<string, unknown>> | undefined)?.[name];
    return typeof value === 'string' && value.includes('://') ? [new URL(value).origin] : [];
  });
