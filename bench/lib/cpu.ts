/** CPU nanoseconds of one of `count` calls, this process's threads together. */
export async function cost(count: number, work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1_000) / count;
}
