import { describe, expect, it } from 'vitest';
import { nameIn, pasteable } from './examples.js';

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

it.each([
  ['$0 trend --json | jq .groups', 'npm start --silent --'],
  ['eval "$($0 completion bash)"', 'npm start --silent --'],
  ['$0 trend', 'npm start --'],
])("npm's heading does not get into what another program reads: %s", (command, shown) => {
  expect(nameIn(command, 'npm start --')).toBe(shown);
  expect(nameIn(command, 'tool')).toBe('tool');
});
