/** Reads config files; a door of its own, since only what starts a host needs a YAML parser. */
export { checkConfigFile, readConfigFile } from './config-file.ts';
export type { CheckedConfigFile, ConfigFile, ConfigFileInput } from './config-file.ts';
export { configFileSchema, defineConfig } from './config-schema.ts';
export type { ConfigEntry, ConfigInput, ConfigTree } from './config-schema.ts';
export { createConfigSchema } from './whole-schema.ts';
export type { KnownPlugin } from './whole-schema.ts';
