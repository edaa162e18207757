// Holds the docs against the code: every block marked `<!-- source: file -->` equals that file, and every relative link
// leads somewhere. `--write` copies the files into the blocks. Closes with `docs: N blocks, N links, N problems`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from './run.ts';

const BLOCK = /<!-- source: (\S+) -->\n```(\w+)\n([\s\S]*?)```/g;
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

const isWriting = process.argv.includes('--write');
const { output } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md']);
const problems: string[] = [];
let blocks = 0;
let links = 0;
for (const file of output.split('\n').filter((name) => name !== '' && existsSync(join(root, name)))) {
  const text = readFileSync(join(root, file), 'utf8');
  const next = text.replaceAll(BLOCK, (block, source: string, language: string, code: string) => {
    blocks += 1;
    const path = join(root, source);
    if (!existsSync(path)) {
      problems.push(`${file}: there is no ${source}`);
      return block;
    }
    const present = readFileSync(path, 'utf8');
    if (code !== present && !isWriting)
      problems.push(`${file}: the block of ${source} is out of date; run: node tools/docs.ts --write`);
    return `<!-- source: ${source} -->\n\`\`\`${language}\n${present}\`\`\``;
  });
  if (isWriting && next !== text) writeFileSync(join(root, file), next);
  for (const [, target = ''] of text.matchAll(LINK)) {
    links += 1;
    if (!existsSync(join(root, dirname(file), target))) problems.push(`${file}: the link ${target} leads nowhere`);
  }
}
for (const problem of problems) console.error(problem);
console.log(`docs: ${blocks} blocks, ${links} links, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
