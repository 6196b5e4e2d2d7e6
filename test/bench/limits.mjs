/**
 * Holds what a benchmark took against what it may take, and says so: the exit code of `--limits`.
 *
 * @returns 0 within, 1 over, and 2 where the time on the clock is over and the CPU time is not: then other programs had the
 *   CPUs, and it can't tell
 */
export function withinLimits({ seconds, cpuSeconds, mebibytes }, limits) {
  const isSlow = seconds >= limits.seconds;
  const isOver = mebibytes >= limits.mebibytes || (isSlow && cpuSeconds >= limits.seconds);
  const word = isOver ? 'over' : isSlow ? 'the machine was too busy to tell:' : 'within';
  console.log(`${word} the limits of ${limits.seconds} s and ${Math.floor(limits.mebibytes)} MiB`);
  return isOver ? 1 : isSlow ? 2 : 0;
}
