import { modelErrors } from '@parley/contracts';

/** What `work` gives, if it comes in time. @throws MODEL_TIMEOUT otherwise */
export async function withinTime<T>(work: Promise<T>, timeoutMs: number, provider: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(modelErrors.TIMEOUT({ provider, timeoutMs })), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
