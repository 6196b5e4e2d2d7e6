import { describe, expect, it } from 'vitest';
import { pasteable } from './examples.js';

describe('a command that is too long for a line', () => {
  const command = "DB=… tool check --nodes a,b,c --set 'x=[y z]' | jq .nodes";

  it.each([
    [80, [command]],
    [40, ['DB=… tool check --nodes a,b,c \\', "--set 'x=[y z]' | jq .nodes"]],
    [1, ['DB=… tool check \\', '--nodes a,b,c \\', "--set 'x=[y z]' \\", '| jq .nodes']],
  ])('goes on before an option or a pipe, in %i columns', (columns, lines) =>
    expect(pasteable(command, columns)).toEqual(lines),
  );

  it('leaves the -- of npm where it is', () =>
    expect(pasteable('npm start -- run --quick', 1)).toEqual(['npm start -- run \\', '--quick']));
});
