/**
 * Compares what a benchmark took with its limits, prints the outcome, and returns the exit code of `--limits`.
 *
 * @returns 0 within the limits; 1 over them; 2 where the elapsed time is over and the CPU time is not: other programs
 *   used the CPUs, so the benchmark can't tell
 */
export function withinLimits({ seconds, cpuSeconds, mebibytes }, limits) {
  const isSlow = seconds >= limits.seconds;
  const isOver = mebibytes >= limits.mebibytes || (isSlow && cpuSeconds >= limits.seconds);
  const words = isOver
    ? 'over the limits'
    : isSlow
      ? "can't tell, as the machine was too busy; limits"
      : 'within the limits';
  console.log(`${words}: ${limits.seconds} s and ${Math.floor(limits.mebibytes)} MiB`);
  return isOver ? 1 : isSlow ? 2 : 0;
}
