// jsdom with the browser globals it lacks and our dependencies use.
const { TestEnvironment } = require('jest-environment-jsdom');

const FROM_NODE = [
  'TextEncoder',
  'TextDecoder',
  'ReadableStream',
  'TransformStream',
  'WritableStream',
  'TextDecoderStream',
  'TextEncoderStream',
  'fetch',
  'Request',
  'Response',
  'Headers',
  'structuredClone',
  'BroadcastChannel',
];
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

module.exports = class BrowserEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    const window = this.global;
    for (const name of FROM_NODE) if (window[name] === undefined) window[name] = globalThis[name];
    window.CSS ??= {};
    window.CSS.escape ??= (text) => String(text).replace(/[^\w-]/g, (character) => `\\${character}`);
    window.Element.prototype.getAnimations ??= () => [];
    window.Element.prototype.scrollIntoView ??= () => {};
    window.HTMLElement.prototype.setPointerCapture ??= () => {};
    window.HTMLElement.prototype.hasPointerCapture ??= () => false;
    window.matchMedia ??= (query) => ({
      matches: false,
      media: query,
      addEventListener() {},
      removeEventListener() {},
    });
    window.ResizeObserver ??= Observer;
    window.IntersectionObserver ??= Observer;
    this.customExportConditions = ['parley:source', 'browser'];
  }
};
