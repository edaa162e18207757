import { type Configuration, rspack } from '@rspack/core';
import { asset } from './assets.ts';

/** Browsers the page is built for: `light-dark()`, `oklch()` and `@scope` stay as they are. */
export const TARGETS = ['chrome >= 125', 'safari >= 17.5', 'firefox >= 146'];

/** The kit's accessibility strings: react-aria carries 34 languages, each becomes the English one. */
const OTHER_LANGUAGES = /(?<=[/\\]intl[/\\].*)(?!en-US)[a-z]{2}-[A-Z]{2}(?=\.m?js$)/;

/** What zod describes schemas with, which no page does. */
const JSON_SCHEMA = /[/\\](to-json-schema|json-schema-processors)\.js$/;

/** How a build is made. */
export interface BuildMode {
  /** Source maps, names and refresh instead of small files. */
  readonly dev: boolean;
}

/** What a build adds its entry, its output and its own plugins to. */
export type BaseConfig = Configuration & Required<Pick<Configuration, 'resolve' | 'module' | 'plugins'>>;

/** What the shell's build and those of plugins have in common: TypeScript, React with its compiler, CSS Modules. */
export function baseConfig({ dev }: BuildMode): BaseConfig {
  return {
    mode: dev ? 'development' : 'production',
    target: ['web', 'es2022'],
    devtool: dev ? 'cheap-module-source-map' : false,
    resolve: {
      extensions: ['...', '.ts', '.tsx'],
      extensionAlias: { '.js': ['.js', '.ts'] },
      conditionNames: ['parley:source', '...'],
    },
    module: {
      parser: { 'css/auto': { namedExports: false } },
      generator: { 'css/auto': { localIdentName: dev ? '[name]-[local]-[hash:5]' : '[hash:8]' } },
      rules: [{ test: /\.tsx?$/, loader: 'builtin:swc-loader', type: 'javascript/auto', options: swc(dev) }],
    },
    plugins: [
      new rspack.NormalModuleReplacementPlugin(OTHER_LANGUAGES, (resource) => {
        resource.request = resource.request.replace(OTHER_LANGUAGES, 'en-US');
      }),
      new rspack.NormalModuleReplacementPlugin(JSON_SCHEMA, asset('no-json-schema.cjs')),
    ],
    optimization: {
      minimizer: [
        new rspack.SwcJsMinimizerRspackPlugin({ extractComments: false }),
        new rspack.LightningCssMinimizerRspackPlugin({ minimizerOptions: { targets: TARGETS } }),
      ],
    },
    performance: false,
    stats: 'errors-warnings',
  };
}

const swc = (dev: boolean) => ({
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx: true },
    transform: {
      reactCompiler: true,
      react: { runtime: 'automatic', development: dev, refresh: dev },
    },
  },
});
