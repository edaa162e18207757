import type { SharedModule } from '@parley/web/federation';

const react = (load: SharedModule['load']): SharedModule => ({ version: '19.3.1', load });
const own = (load: SharedModule['load']): SharedModule => ({ version: '0.1.0', load });

/**
 * What remotes get from the shell instead of bringing it: one React, one store, one kit. Every door of the SDK and of the
 * kit is listed; a remote that asks for another module brings its own copy.
 */
export const sharedModules: Readonly<Record<string, SharedModule>> = {
  react: react(() => import('react')),
  'react/jsx-runtime': react(() => import('react/jsx-runtime')),
  'react/jsx-dev-runtime': react(() => import('react/jsx-dev-runtime')),
  'react/compiler-runtime': react(() => import('react/compiler-runtime')),
  'react-dom': react(() => import('react-dom')),
  '@tanstack/react-query': { version: '5.108.0', load: () => import('@tanstack/react-query') },
  jotai: { version: '3.0.1', load: () => import('jotai') },
  'jotai/utils': { version: '3.0.1', load: () => import('jotai/utils') },
  '@parley/contracts': own(() => import('@parley/contracts')),
  '@parley/web': own(() => import('@parley/web')),
  '@parley/web/client': own(() => import('@parley/web/client')),
  '@parley/web/runs': own(() => import('@parley/web/runs')),
  '@parley/web/router': own(() => import('@parley/web/router')),
  '@parley/web/layout': own(() => import('@parley/web/layout')),
  '@parley/ui/badge': own(() => import('@parley/ui/badge')),
  '@parley/ui/brand-mark': own(() => import('@parley/ui/brand-mark')),
  '@parley/ui/button': own(() => import('@parley/ui/button')),
  '@parley/ui/code-block': own(() => import('@parley/ui/code-block')),
  '@parley/ui/copy-button': own(() => import('@parley/ui/copy-button')),
  '@parley/ui/dialog': own(() => import('@parley/ui/dialog')),
  '@parley/ui/empty-state': own(() => import('@parley/ui/empty-state')),
  '@parley/ui/error-state': own(() => import('@parley/ui/error-state')),
  '@parley/ui/icon': own(() => import('@parley/ui/icon')),
  '@parley/ui/kbd': own(() => import('@parley/ui/kbd')),
  '@parley/ui/markdown': own(() => import('@parley/ui/markdown')),
  '@parley/ui/menu': own(() => import('@parley/ui/menu')),
  '@parley/ui/menu-button': own(() => import('@parley/ui/menu-button')),
  '@parley/ui/picker': own(() => import('@parley/ui/picker')),
  '@parley/ui/popover': own(() => import('@parley/ui/popover')),
  '@parley/ui/provider': own(() => import('@parley/ui/provider')),
  '@parley/ui/radio': own(() => import('@parley/ui/radio')),
  '@parley/ui/schema-form': own(() => import('@parley/ui/schema-form')),
  '@parley/ui/select': own(() => import('@parley/ui/select')),
  '@parley/ui/skeleton': own(() => import('@parley/ui/skeleton')),
  '@parley/ui/spinner': own(() => import('@parley/ui/spinner')),
  '@parley/ui/switch': own(() => import('@parley/ui/switch')),
  '@parley/ui/table': own(() => import('@parley/ui/table')),
  '@parley/ui/tabs': own(() => import('@parley/ui/tabs')),
  '@parley/ui/text-field': own(() => import('@parley/ui/text-field')),
  '@parley/ui/toast': own(() => import('@parley/ui/toast')),
  '@parley/ui/tooltip': own(() => import('@parley/ui/tooltip')),
  '@parley/ui/visually-hidden': own(() => import('@parley/ui/visually-hidden')),
};
