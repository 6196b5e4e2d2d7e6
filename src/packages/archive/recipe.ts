import { createHash } from 'node:crypto';

/** What a private root is made of. Any change here makes a new root beside the old one. */
export const RECIPE = {
  version: 1,

  /** The packages that apt is asked for. apt adds all their dependencies, the C library included. */
  packages: [
    'kea-dhcp4-server',
    'kea-dhcp6-server',
    'kea-admin',
    'mariadb-server',
    'galera-4',
    // Between servers and nodes, for scenarios that ask for a proxy.
    'haproxy',
    // Links and rules of a private network, and a look at what passes there. iproute2 is needed for state transfer too.
    'iproute2',
    'nftables',
    'tcpdump',
    // A clock of its own for a server.
    'libfaketime',
    // State transfer: rsync, and the tools with which its script looks at ports and processes.
    'rsync',
    'socat',
    'lsof',
    'procps',
    'patchelf',
  ],

  /** A C compiler for libraries that change a server, on the architectures that Debian has it for. */
  compiler: { package: 'tcc', architectures: ['amd64', 'arm64', 'armhf', 'i386', 'riscv64'] },

  /**
   * Programs that get the root's loader and libraries. All others are removed, except `scripts`: the system's serve
   * as well.
   */
  programs: [
    'kea-dhcp4',
    'kea-dhcp6',
    'kea-lfc',
    'perfdhcp',
    'mariadbd',
    'mariadb',
    'mariadb-admin',
    'mariadb-dump',
    'mariadb-binlog',
    'haproxy',
    'ip',
    'nft',
    'tc',
    'tcpdump',
    'tcc',
    'my_print_defaults',
    'rsync',
    'socat',
    'lsof',
    'ps',
    'ss',
  ],

  /** Programs and scripts that are kept as they are, beside `programs`. */
  scripts: /^(wsrep_sst_.*|kea-admin|mariadb-install-db|mysql|patchelf)$/,

  /**
   * Paths that are not unpacked: documentation, configuration, translations, and perl, which no program above needs.
   */
  left: [
    './etc',
    './var',
    './run',
    './boot',
    './lib/systemd',
    './usr/include',
    './usr/games',
    './usr/lib/systemd',
    './usr/lib/python3',
    './usr/lib/*/perl',
    './usr/lib/*/perl5',
    './usr/lib/*/perl-base',
    './usr/share/bash-completion',
    './usr/share/bug',
    './usr/share/doc',
    './usr/share/doc-base',
    './usr/share/i18n',
    './usr/share/info',
    './usr/share/lintian',
    './usr/share/locale',
    './usr/share/man',
    './usr/share/perl',
    './usr/share/perl5',
  ],
} as const;

/** Eight hexadecimal digits that stand for the recipe. */
export const RECIPE_ID = createHash('sha256')
  .update(JSON.stringify(RECIPE, (_key, value: unknown) => (value instanceof RegExp ? value.source : value)))
  .digest('hex')
  .slice(0, 8);

/** The packages of a root on an architecture. */
export function packagesOn(architecture: string): string[] {
  const { packages, compiler } = RECIPE;
  const architectures: readonly string[] = compiler.architectures;
  return [...packages, ...(architectures.includes(architecture) ? [compiler.package] : [])];
}

const DEBIAN_ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = {
  arm: 'armhf',
  arm64: 'arm64',
  ia32: 'i386',
  loong64: 'loong64',
  ppc64: 'ppc64el',
  riscv64: 'riscv64',
  s390x: 's390x',
  x64: 'amd64',
};

/** Debian's name for the architecture of this process. */
export function debianArchitecture(): string {
  return DEBIAN_ARCHITECTURES[process.arch] ?? process.arch;
}
