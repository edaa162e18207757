/**
 * Keeps a plugin's style inside the plugin: below the shell's layers, and only under its own `data-plugin` mark.
 * @this {{ getOptions(): { id: string } }}
 * @param {string} source
 */
export default function scopeLoader(source) {
  const { id } = this.getOptions();
  return `@layer plugins {\n@scope ([data-plugin="${id}"]) {\n${source}\n}\n}\n`;
}
