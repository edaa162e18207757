import { describe, expect, it } from '@jest/globals';
import { cssProblem } from './css-scope.ts';

const inScope = (css: string) => `@layer plugins{@scope ([data-plugin="acme.weather"]){${css}}}`;
const problem = (css: string) => cssProblem(css, 'acme.weather');

describe('the style of a plugin', () => {
  it.each([
    '.card{color:red}',
    '.a{background:url(data:image/png;base64,AA==)}',
    '.a::before{content:"} body{"}',
    '@media (width<400px){.a{margin:0}}',
    '/* } body { */.a{color:red}',
    '.a{color:red;;}',
  ])('may be %s in its scope', (css) => {
    expect(problem(inScope(css))).toBeUndefined();
  });

  it('may be empty', () => {
    expect(problem('')).toBeUndefined();
  });

  it.each([
    ['nothing around it', 'body{display:none}'],
    ['the layer only', '@layer plugins{body{display:none}}'],
    ['the scope of another', '@layer plugins{@scope ([data-plugin="chat"]){.a{color:red}}}'],
    ['a wider scope', '@layer plugins{@scope ([data-plugin="acme.weather"],body){.a{color:red}}}'],
    ['a rule after it', `${inScope('.a{color:red}')}*{display:none}`],
    ['braces that leave', inScope('.a{}}} body{display:none} @layer plugins{@scope (x){')],
    ['an address that hides a brace', inScope('.a{b:url({)}}} body{display:none} .b{.c{.d{')],
    ['an escaped address that hides a brace', inScope('.a{b:u\\72l({)}}} body{display:none} .b{.c{.d{')],
    ['an import', `@import "https://example.org/x.css";${inScope('')}`],
    ['an order of layers', `@layer plugins, base;${inScope('')}`],
    ['a font with a name of the shell', inScope('@font-face{font-family:"IBM Plex Sans";src:url(x.woff2)}')],
    ['a property of the page', inScope('@property --color{syntax:"*";inherits:false}')],
    ['an escaped at-rule', inScope('@\\66ont-face{font-family:"IBM Plex Sans";src:url(x.woff2)}')],
    ['an open comment', `${inScope('')}/* `],
    ['an open string', inScope('.a{content:"\n}')],
  ])('may not have %s', (_what, css) => {
    expect(problem(css)).toEqual(expect.any(String));
  });
});
