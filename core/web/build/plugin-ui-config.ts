import { ModuleFederationPlugin } from '@module-federation/enhanced/rspack';
import type { Configuration } from '@rspack/core';
import { ReactRefreshRspackPlugin } from '@rspack/plugin-react-refresh';
import { asset } from './assets.ts';
import { baseConfig } from './base-config.ts';
import { sharedFromShell } from './shared-from-shell.ts';

/** One plugin's web side to build. */
export interface PluginUi {
  /** The plugin's id; its style reaches only what is marked with it. */
  readonly id: string;
  /** Folder of the plugin's package. */
  readonly dir: string;
  /** The module with the default export of `defineWebPlugin`, relative to `dir`; `./src/web/index.ts` without one. */
  readonly entry?: string;
  /** Where the files go. */
  readonly outDir: string;
  /** Name of the container, new for each build, so that a page that runs an older one is not confused. */
  readonly remote: string;
  readonly dev: boolean;
}

/** The rspack configuration that builds a plugin's web side as a federated remote of the shell. */
export function createPluginUiConfig({ id, dir, entry, outDir, remote, dev }: PluginUi): Configuration {
  const base = baseConfig({ dev });
  return {
    ...base,
    name: `plugin ${id}`,
    context: dir,
    entry: {},
    output: {
      path: outDir,
      publicPath: 'auto',
      uniqueName: remote,
      chunkFilename: dev ? '[name].js' : '[contenthash:12].js',
      cssChunkFilename: dev ? '[name].css' : '[contenthash:12].css',
      crossOriginLoading: 'anonymous',
      clean: !dev,
    },
    resolve: {
      ...base.resolve,
      alias: dev ? { 'react-refresh': asset('refresh-shim') } : {},
    },
    module: {
      ...base.module,
      rules: [
        ...(base.module.rules ?? []),
        {
          test: /\.css$/,
          type: 'css/auto',
          use: [{ loader: asset('scope-loader.js'), options: { id } }],
        },
      ],
    },
    plugins: [
      ...base.plugins,
      new ModuleFederationPlugin({
        name: remote,
        filename: 'remoteEntry.js',
        exposes: { './web': entry ?? './src/web/index.ts' },
        shared: sharedFromShell,
        shareStrategy: 'loaded-first',
        dts: false,
        manifest: false,
        experiments: { externalRuntime: true, optimization: { target: 'web' } },
      }),
      ...(dev ? [new ReactRefreshRspackPlugin({ exclude: [/node_modules/, /refresh-shim/] })] : []),
    ],
  };
}
