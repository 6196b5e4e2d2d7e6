import type Docker from 'dockerode';

/** The exit code and output of a program in a container. */
export interface Ended {
  code: number;
  /** Both streams, in the order in which they were written. */
  output: string;
}

export interface ContainerWish {
  image: string;
  command: readonly string[];
  environment?: Record<string, string>;
  /** The name of the test's network; without one, the container has no network. */
  network?: string;
  /** The container's name in that network. */
  hostname?: string;
}

/** A container of the test; `remove` ends it. */
export async function startContainer(engine: Docker, wish: ContainerWish): Promise<Docker.Container> {
  const container = await engine.createContainer({
    Image: wish.image,
    Cmd: [...wish.command],
    // A terminal gives one stream, without frames around the output.
    Tty: true,
    Env: Object.entries(wish.environment ?? {}).map(([name, value]) => `${name}=${value}`),
    HostConfig: { NetworkMode: wish.network ?? 'none' },
    ...(wish.hostname === undefined
      ? {}
      : {
          Hostname: wish.hostname,
          NetworkingConfig: { EndpointsConfig: { [wish.network ?? 'none']: { Aliases: [wish.hostname] } } },
        }),
  });
  await container.start();
  return container;
}

/** Runs a program in a container of its own, to its end. */
export async function runInImage(engine: Docker, wish: ContainerWish): Promise<Ended> {
  const container = await startContainer(engine, wish);
  try {
    const { StatusCode: code } = (await container.wait()) as { StatusCode: number };
    return { code, output: await outputOf(container) };
  } finally {
    await container.remove({ force: true, v: true });
  }
}

export async function outputOf(container: Docker.Container): Promise<string> {
  const log = await container.logs({ stdout: true, stderr: true });
  return log.toString('utf8').replaceAll('\r\n', '\n');
}

/** Runs another program in a container that runs already. */
export async function runBeside(container: Docker.Container, command: readonly string[]): Promise<Ended> {
  const execution = await container.exec({
    Cmd: [...command],
    Tty: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await execution.start({ Tty: true });
  let output = '';
  for await (const chunk of stream.setEncoding('utf8')) output += String(chunk);
  const { ExitCode: code } = await execution.inspect();
  return { code: code ?? -1, output: output.replaceAll('\r\n', '\n') };
}
