import type koffiModule from 'koffi';

type Koffi = typeof koffiModule;

/** A stretch of memory that does not move, and its address. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly address: number;
}

/** The system calls of the native transport. Each returns what the C function returns, -1 with `errno` set. */
export interface Libc {
  /** recvmmsg(2) without a timeout. */
  recvmmsg(fd: number, headers: number, count: number, flags: number): number;
  sendmmsg(fd: number, headers: number, count: number, flags: number): number;
  /** ppoll(2) without a signal mask. */
  ppoll(descriptors: number, count: number, timeout: number): number;
  /** eventfd(2) */
  eventfd(initial: number, flags: number): number;
  setsockopt(fd: number, level: number, name: number, value: number, length: number): number;
  clockGettime(clock: number, time: number): number;
  /** prctl(2) with PR_SET_TIMERSLACK: how late the kernel may end a sleep of this thread, nanoseconds. */
  setTimerSlack(nanoseconds: number): number;
  errno(): number;
  allocate(bytes: number): Memory;
}

const PR_SET_TIMERSLACK = 29;

/**
 * The C library of the process, through koffi, which comes compiled: no compiler is needed on the machine.
 *
 * @throws Error where koffi is not installed, or not made for this machine
 */
export async function loadLibc(): Promise<Libc> {
  if (process.platform !== 'linux') throw new Error('only Linux has recvmmsg(2)');
  if (!LAYOUT_KNOWN.has(process.arch)) throw new Error(`the memory layout of ${process.arch} is not known`);
  const { default: koffi } = await import('koffi');
  return callsOf(koffi);
}

/** Machines with words of 64 bits, the least significant byte first: all have the same layout of a message header. */
const LAYOUT_KNOWN: ReadonlySet<string> = new Set(['x64', 'arm64', 'riscv64', 'loong64']);

function callsOf(koffi: Koffi): Libc {
  const library = koffi.load(null);
  const prctl = library.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)');
  const recvmmsg = library.func('int recvmmsg(int, uintptr_t, unsigned int, int, uintptr_t)') as Calls;
  const ppoll = library.func('int ppoll(uintptr_t, unsigned long, uintptr_t, uintptr_t)') as Calls;
  return {
    recvmmsg: (fd, headers, count, flags) => recvmmsg(fd, headers, count, flags, 0),
    sendmmsg: library.func('int sendmmsg(int, uintptr_t, unsigned int, int)'),
    ppoll: (descriptors, count, timeout) => ppoll(descriptors, count, timeout, 0),
    eventfd: library.func('int eventfd(unsigned int, int)'),
    setsockopt: library.func('int setsockopt(int, int, int, uintptr_t, unsigned int)'),
    clockGettime: library.func('int clock_gettime(int, uintptr_t)'),
    setTimerSlack: (nanoseconds) => (prctl as Calls)(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0),
    errno: () => koffi.errno(),
    allocate(bytes) {
      const memory = new Uint8Array(new ArrayBuffer(Math.max(bytes, LEAST_BYTES)));
      return { bytes: memory, address: Number(koffi.address(memory)) };
    },
  };
}

type Calls = (...args: number[]) => number;

/** V8 keeps smaller arrays on its heap, where they move. */
const LEAST_BYTES = 4_096;
