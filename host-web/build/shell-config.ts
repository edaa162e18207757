import { baseConfig } from '@parley/web/build';
import { type Configuration, rspack } from '@rspack/core';
import { ReactRefreshRspackPlugin } from '@rspack/plugin-react-refresh';

const home = `${import.meta.dirname}/..`;

/** The rspack configuration of the shell: an ordinary build; federation happens at run time only. */
export function createShellConfig({ outDir, dev }: { readonly outDir: string; readonly dev: boolean }): Configuration {
  const base = baseConfig({ dev });
  return {
    ...base,
    name: 'shell',
    context: home,
    entry: { main: dev ? [`${import.meta.dirname}/refresh-expose.cjs`, './src/main.tsx'] : './src/main.tsx' },
    output: {
      path: outDir,
      publicPath: '/',
      uniqueName: 'parley',
      filename: dev ? 'assets/[name].js' : 'assets/[name].[contenthash:12].js',
      chunkFilename: dev ? 'assets/[name].chunk.js' : 'assets/[contenthash:12].js',
      cssFilename: dev ? 'assets/[name].css' : 'assets/[name].[contenthash:12].css',
      cssChunkFilename: dev ? 'assets/[name].chunk.css' : 'assets/[contenthash:12].css',
      assetModuleFilename: 'assets/[contenthash:12][ext]',
      clean: !dev,
    },
    module: { ...base.module, rules: [...(base.module.rules ?? []), { test: /\.css$/, type: 'css/auto' }] },
    // A part that two chunks share becomes a file of its own only where that saves more than a request costs.
    optimization: { ...base.optimization, splitChunks: { chunks: 'async', minSize: 60_000 } },
    plugins: [
      ...base.plugins,
      // The federation runtime without its parts for Node and for manifests of others.
      new rspack.DefinePlugin({ ENV_TARGET: '"web"', FEDERATION_OPTIMIZE_NO_SNAPSHOT_PLUGIN: 'true' }),
      new rspack.HtmlRspackPlugin({ template: './index.html', scriptLoading: 'defer', minify: !dev }),
      new rspack.CopyRspackPlugin({ patterns: [{ from: 'public' }] }),
      ...(dev ? [new ReactRefreshRspackPlugin({ exclude: [/node_modules/, /refresh-expose/] })] : []),
    ],
  };
}
