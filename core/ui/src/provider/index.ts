export { englishMessages, type UiMessages, useUiMessages } from './messages.ts';
export { PluginScope, type PluginScopeProps } from './plugin-scope.tsx';
export { UiProvider, type UiProviderProps } from './ui-provider.tsx';
