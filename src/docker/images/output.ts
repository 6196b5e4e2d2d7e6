/** What an engine sends while it builds, imports or pulls: one JSON object a line. */
export interface EngineEvent {
  /** Output of a build, not always a whole line. */
  stream?: string;
  /** A step of a pull, such as `Downloading`. */
  status?: string;
  error?: string;
}

const KEPT_LINES = 12;

/**
 * Reads an engine's answer to its end.
 *
 * @returns the last lines of output, and the error with which it ended, if it did
 */
export async function readOutput(
  answer: NodeJS.ReadableStream,
  onEvent: (event: EngineEvent) => void = () => undefined,
): Promise<{ lines: string[]; error: string | undefined }> {
  let rest = '';
  let text = '';
  let error: string | undefined;
  const take = (line: string) => {
    if (line.trim() === '') return;
    const event = JSON.parse(line) as EngineEvent;
    text = (text + (event.stream ?? '')).split('\n').slice(-KEPT_LINES).join('\n');
    error = event.error ?? error;
    onEvent(event);
  };
  answer.setEncoding('utf8');
  for await (const chunk of answer) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  }
  take(rest);
  const lines = text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  return { lines, error };
}
