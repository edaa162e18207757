export { createToasts, type ToastContent, type Toasts, type ToastShowOptions } from './create-toasts.ts';
export { ToastRegion, type ToastRegionProps } from './toast-region.tsx';
