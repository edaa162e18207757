/** What stands in the place of a broken contribution receives. */
export interface BrokenProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}
