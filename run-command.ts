/** Runs a command to its end: with the exit code that `main` resolves to, if to any. What it throws is said in one line, and ends with 1. */
export async function runCommand(main: () => Promise<number> | Promise<void>): Promise<void> {
  try {
    const code = await main();
    process.exitCode = typeof code === 'number' ? code : 0;
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
