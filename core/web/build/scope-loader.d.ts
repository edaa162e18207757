/** Keeps a plugin's style inside the plugin; a loader for rspack, which calls it with itself as `this`. */
export default function scopeLoader(this: { getOptions(): { id: string } }, source: string): string;
