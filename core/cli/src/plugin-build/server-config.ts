import { isHostModule } from '@parley/package';
import type { Configuration, ExternalItemFunctionData } from '@rspack/core';

/** One plugin's server code to build. */
export interface ServerBuild {
  /** Folder of the plugin's package. */
  readonly dir: string;
  /** Source file by the name of the file that is written: `server/index`. */
  readonly entries: Readonly<Record<string, string>>;
  readonly outDir: string;
  /** Called for each import of a part of Parley, none of which is bundled, with the file that has it. */
  readonly onImport: (specifier: string, file: string) => void;
}

/** Never bundled: a plugin that brings its own Parley would not be understood by the host's. */
const PARLEY = /^@parley\/(?!plugin-)/;

/** Parts that doors share, or that load later. */
const CHUNK = 'server/chunks/[contenthash:12].js';

/**
 * The rspack configuration that builds the doors of a plugin which run in Node: one ES module each, with everything the
 * host does not offer inside. Code is not made small: stacks and reviews need its names.
 */
export function createServerConfig({ dir, entries, outDir, onImport }: ServerBuild): Configuration {
  return {
    name: 'server',
    mode: 'production',
    target: ['node', 'es2024'],
    devtool: false,
    context: dir,
    entry: { ...entries },
    output: {
      path: outDir,
      filename: ({ chunk }) => (Object.hasOwn(entries, chunk?.name ?? '') ? '[name].js' : CHUNK),
      chunkFilename: CHUNK,
      module: true,
      chunkFormat: 'module',
      chunkLoading: 'import',
      library: { type: 'modern-module' },
    },
    externalsType: 'module-import',
    externals: [
      ({ request = '', contextInfo }: ExternalItemFunctionData) => {
        if (!isHostModule(request) && !PARLEY.test(request)) return Promise.resolve(undefined);
        onImport(request, contextInfo?.issuer ?? '');
        return Promise.resolve(request);
      },
    ],
    resolve: {
      extensions: ['...', '.ts'],
      conditionNames: ['parley:source', 'node', 'import', 'default'],
    },
    module: {
      // Addresses beside the module and paths of Node stay what they are.
      parser: { javascript: { importMeta: false } },
      rules: [
        {
          test: /\.ts$/,
          loader: 'builtin:swc-loader',
          type: 'javascript/auto',
          options: { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } },
        },
      ],
    },
    optimization: { minimize: false, splitChunks: { chunks: 'all', minSize: 0 } },
    node: { __dirname: false, __filename: false },
    performance: false,
    stats: 'errors-warnings',
  };
}
