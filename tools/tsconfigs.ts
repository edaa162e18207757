// Writes every tsconfig.json from the workspace layout, one per package and, in plugins, one per side, so that each
// side compiles with the types of its own host only. `--check` fails when a file differs from what this would write.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

type Kind = 'universal' | 'node' | 'web';
interface Project {
  /** Folder that holds the tsconfig. */
  readonly dir: string;
  readonly kind: Kind;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly outDir: string;
  readonly rootDir: string;
  readonly references: readonly string[];
}

const root = join(import.meta.dirname, '..');
const manifest = (dir: string) =>
  JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8')) as {
    name: string;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
const folders = (dir: string) =>
  readdirSync(join(root, dir), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, dir, entry.name, 'package.json')))
    .map((entry) => `${dir}/${entry.name}`);
const plugins = folders('plugins');
const byName = new Map(
  [...plugins, ...folders('core'), 'contracts', 'host-server', 'host-web'].map((dir) => [manifest(dir).name, dir]),
);
const dependencies = (dir: string) => {
  const { dependencies = {}, devDependencies = {} } = manifest(dir);
  return Object.keys({ ...dependencies, ...devDependencies })
    .map((name) => byName.get(name))
    .filter((found) => found !== undefined);
};
const hasSide = (dir: string, side: string) => existsSync(join(root, dir, 'src', side));

const packageProject = (dir: string, kind: Kind, more: readonly string[] = []): Project => ({
  dir,
  kind,
  include: ['src'],
  outDir: 'dist',
  rootDir: 'src',
  references: dependencies(dir)
    .flatMap((dep) => {
      if (!dep.startsWith('plugins/')) return [dep];
      return (['contract', kind === 'node' ? 'server' : 'web'] as const)
        .filter((side) => hasSide(dep, side))
        .map((side) => `${dep}/src/${side}`);
    })
    .concat(more),
});

/** What builds a web side, in Node, beside the browser code of the same package. */
const buildProject = (dir: string, rootDir: string, include: string[], references: string[]): Project => ({
  dir,
  kind: 'node',
  include,
  outDir: '../dist/build',
  rootDir,
  references,
});

const pluginProjects = (dir: string): Project[] => {
  const deps = dependencies(dir);
  const others = deps
    .filter((dep) => dep.startsWith('plugins/') && hasSide(dep, 'contract'))
    .map((dep) => `${dep}/src/contract`);
  const own = hasSide(dir, 'contract') ? [`${dir}/src/contract`] : [];
  const core = (...names: string[]) => names.filter((name) => deps.includes(name));
  const side = (name: string, kind: Kind, references: string[]): Project => ({
    dir: `${dir}/src/${name}`,
    kind,
    // Data files are imported as they are and lie beside the compiled code.
    include: existsSync(join(root, dir, 'src', name, 'data')) ? ['.', 'data/*.json'] : ['.'],
    outDir: `../../dist/${name}`,
    rootDir: '.',
    references,
  });
  const projects: Project[] = [];
  if (hasSide(dir, 'contract')) projects.push(side('contract', 'universal', [...core('contracts'), ...others]));
  if (hasSide(dir, 'server'))
    projects.push(side('server', 'node', [...core('contracts', 'core/kernel', 'core/testing'), ...own, ...others]));
  if (hasSide(dir, 'web'))
    projects.push(side('web', 'web', [...core('contracts', 'core/web', 'core/ui'), ...own, ...others]));
  const sides = projects.map((project) => project.dir);
  const tests =
    existsSync(join(root, dir, 'src')) && readdirSync(join(root, dir, 'src')).some((name) => name.endsWith('.test.ts'));
  if (tests) {
    const servers = deps
      .filter((dep) => dep.startsWith('plugins/') && hasSide(dep, 'server'))
      .map((dep) => `${dep}/src/server`);
    projects.push({
      dir: `${dir}/src`,
      kind: 'node',
      include: ['*.test.ts'],
      outDir: '../dist/test',
      rootDir: '.',
      references: [
        ...sides.filter((at) => !at.endsWith('/web')),
        ...core('contracts', 'core/kernel', 'core/testing'),
        ...others,
        ...servers,
      ],
    });
  }
  return projects;
};

const projects: Project[] = [
  packageProject('contracts', 'universal'),
  packageProject('core/kernel', 'universal'),
  packageProject('core/ui', 'web'),
  packageProject('core/web', 'web'),
  buildProject('core/web/build', '.', ['.'], []),
  packageProject('core/testing', 'node'),
  packageProject('core/package', 'node'),
  packageProject('core/provider', 'node'),
  packageProject('core/search-text', 'node'),
  packageProject('core/create-parley-plugin', 'node'),
  packageProject('core/cli', 'node', ['core/web/build']),
  ...plugins.flatMap(pluginProjects),
  packageProject('host-server', 'node'),
  packageProject('host-web', 'web'),
  buildProject('host-web/build', '..', ['.', '../*.ts'], ['core/web/build']),
];

const options: Record<Kind, object> = {
  universal: {},
  node: { types: ['node'] },
  web: {
    lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
    module: 'preserve',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
  },
};
const render = (project: Project): string => {
  const up = (target: string) => relative(project.dir, target) || '.';
  const extra =
    project.kind === 'universal' ? [up('tools/universal.d.ts')] : project.kind === 'web' ? [up('tools/web.d.ts')] : [];
  return `${JSON.stringify(
    {
      extends: up('tsconfig.base.json'),
      compilerOptions: {
        ...options[project.kind],
        rootDir: project.rootDir,
        outDir: project.outDir,
        tsBuildInfoFile: `${project.outDir}/.tsbuildinfo`,
      },
      include: [...project.include, ...extra],
      ...(project.exclude ? { exclude: project.exclude } : {}),
      references: [...new Set(project.references)]
        .filter((ref) => ref !== project.dir)
        .map((path) => ({ path: up(path) })),
    },
    null,
    2,
  )}\n`;
};

const files = new Map(projects.map((project) => [`${project.dir}/tsconfig.json`, render(project)]));
/** What runs beside the packages and is never published: checked, not built. */
const script = (lib: readonly string[], include: readonly string[]): string =>
  `${JSON.stringify({ extends: '../tsconfig.base.json', compilerOptions: { lib, types: ['node'], noEmit: true, composite: false, incremental: false, allowImportingTsExtensions: true, rewriteRelativeImportExtensions: false, declaration: false, declarationMap: false, sourceMap: false }, include, exclude: ['universal.d.ts', 'web.d.ts'] }, null, 2)}\n`;
const LIB = ['es2024', 'esnext.disposable'];
files.set(
  'tools/tsconfig.json',
  script(LIB, ['**/*.ts', '../bench/**/*.ts', '../chaos/**/*.ts', '../examples/*/*.ts']),
);
/** Templates are checked against the sources; each brings the file that its copies are checked with. */
files.set(
  'tools/templates/tsconfig.json',
  `${JSON.stringify({ extends: '../../tsconfig.base.json', compilerOptions: { ...options.web, types: ['node'], noEmit: true, composite: false, incremental: false, allowImportingTsExtensions: true, rewriteRelativeImportExtensions: false, declaration: false, declarationMap: false, sourceMap: false }, include: ['../../core/create-parley-plugin/templates/*/src', '../../examples/weather-plugin/src'] }, null, 2)}\n`,
);
files.set('e2e/tsconfig.json', script([...LIB, 'dom', 'dom.iterable'], ['**/*.ts']));
files.set(
  'tsconfig.json',
  `${JSON.stringify({ files: [], references: projects.map((project) => ({ path: `./${project.dir}` })) }, null, 2)}\n`,
);

let different = 0;
for (const [file, text] of files) {
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  different += 1;
  if (process.argv.includes('--check')) console.error(`${file} is out of date; run: node tools/tsconfigs.ts`);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
if (process.argv.includes('--check') && different > 0) process.exitCode = 1;
console.log(
  `tsconfigs: ${files.size} files, ${different} ${process.argv.includes('--check') ? 'out of date' : 'written'}`,
);
