/** Lets every promise that can run now run; no time passes. Deep enough for the longest chain of awaits we have. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}
