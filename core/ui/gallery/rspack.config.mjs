// Builds the page of every part in every state: `node core/ui/gallery/build.mjs`, then open gallery/dist/index.html.
import { join } from 'node:path';
import { rspack } from '@rspack/core';

const here = import.meta.dirname;
// react-aria carries 34 languages. Each request for another one gets the English file: an empty one would throw at run time.
const onlyEnglish = new rspack.NormalModuleReplacementPlugin(/[/\\][a-z]{2}-[A-Z]{2}\.m?js$/, (resource) => {
  resource.request = resource.request.replace(/[a-z]{2}-[A-Z]{2}(?=\.m?js$)/, 'en-US');
});

/** @param {{ entry: Record<string, string>, outputPath: string, external?: boolean, html?: boolean }} options */
export const createConfig = ({ entry, outputPath, external = false, html = true }) => ({
  mode: 'production',
  target: 'web',
  context: here,
  entry,
  output: { path: outputPath, filename: '[name].js', chunkFilename: '[name].[contenthash:8].js', clean: true },
  devtool: false,
  resolve: {
    conditionNames: ['parley:source', '...'],
    extensions: ['...', '.ts', '.tsx'],
    extensionAlias: { '.js': ['.js', '.ts'] },
  },
  externals: external ? { react: 'React', 'react-dom': 'ReactDOM', 'react/jsx-runtime': 'JSX' } : {},
  module: {
    parser: { 'css/auto': { namedExports: false } },
    rules: [
      {
        test: /\.tsx?$/,
        loader: 'builtin:swc-loader',
        type: 'javascript/auto',
        options: {
          jsc: {
            target: 'es2022',
            parser: { syntax: 'typescript', tsx: true },
            transform: { react: { runtime: 'automatic' } },
          },
        },
      },
      { test: /\.css$/, type: 'css/auto' },
    ],
  },
  plugins: [onlyEnglish, ...(html ? [new rspack.HtmlRspackPlugin({ template: './index.html' })] : [])],
  // Without targets the minimiser replaces light-dark() and oklch() by fallbacks that nobody needs.
  optimization: {
    minimizer: [
      new rspack.SwcJsMinimizerRspackPlugin(),
      new rspack.LightningCssMinimizerRspackPlugin({
        minimizerOptions: { targets: ['chrome >= 125', 'safari >= 17.5', 'firefox >= 146'] },
      }),
    ],
  },
  performance: { hints: false },
});

export default createConfig({ entry: { gallery: './main.tsx' }, outputPath: join(here, 'dist') });
