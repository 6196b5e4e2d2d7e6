import { hostText } from '../endpoint.js';
import type { PerconaRelease, PlannedNode, PlanPart, Product } from './cluster-plan.js';
import { paragraph, shell } from './parts.js';

/** Percona's repositories by release series (Percona software repositories, "MySQL software repositories"). */
const REPOSITORIES: Readonly<Record<PerconaRelease, string>> = {
  '8.0': 'pxc-80',
  '8.4': 'pxc-84-lts',
  '9.7': 'pxc-97-lts',
};

/** A directory that Percona's AppArmor profile lets the server read. */
const TLS_DIRECTORY = '/etc/mysql/kea-cluster';

/** Percona XtraDB Cluster, from Percona's packages (its manual: "Install…", "Configure nodes", "Encrypt PXC traffic"). */
export function perconaCluster(release: PerconaRelease): Product {
  const repository = `percona-release enable-only ${REPOSITORIES[release]} release\npercona-release enable tools release`;
  return {
    title: `Percona XtraDB Cluster ${release}`,
    install: (system) =>
      system === 'deb'
        ? [
            'apt-get update',
            'apt-get install -y curl gnupg lsb-release openssl',
            'curl -fsSLo /tmp/percona-release.deb https://repo.percona.com/apt/percona-release_latest.generic_all.deb',
            'dpkg -i /tmp/percona-release.deb',
            repository,
            'apt-get update',
            '# Without this the package asks for a root password, and takes the lines pasted after it for the answer.',
            'DEBIAN_FRONTEND=noninteractive apt-get install -y percona-xtradb-cluster',
            'systemctl stop mysql',
          ].join('\n')
        : [
            'dnf install -y https://repo.percona.com/yum/percona-release-latest.noarch.rpm openssl',
            '# EL 8 only: its own module hides the packages.',
            'dnf module disable -y mysql || true',
            repository,
            'dnf install -y percona-xtradb-cluster',
            'systemctl enable mysql',
            '# Its option file reads no directory by itself.',
            'mkdir -p /etc/my.cnf.d',
            "grep -q '^!includedir /etc/my.cnf.d' /etc/my.cnf || echo '!includedir /etc/my.cnf.d' >> /etc/my.cnf",
          ].join('\n'),
    configurationFile: (system) =>
      system === 'deb' ? '/etc/mysql/mysql.conf.d/zz-kea-cluster.cnf' : '/etc/my.cnf.d/zz-kea-cluster.cnf',
    provider: (system) => `echo ${system === 'deb' ? '/usr/lib' : '/usr/lib64'}/galera4/libgalera_smm.so`,
    options: ({ number }) => ({
      server_id: number,
      // From 8.0 on xtrabackup-v2 authenticates by itself, and wsrep_sst_auth no longer exists.
      wsrep_sst_method: 'xtrabackup-v2',
      pxc_strict_mode: 'ENFORCING',
      pxc_encrypt_cluster_traffic: 'ON',
      ssl_ca: `${TLS_DIRECTORY}/ca.pem`,
      ssl_cert: `${TLS_DIRECTORY}/server-cert.pem`,
      ssl_key: `${TLS_DIRECTORY}/server-key.pem`,
      // 8.4 has mysql_native_password off by default. Kea's client library is sure to understand it.
      ...(release === '8.4' ? { mysql_native_password: 'ON' } : {}),
    }),
    beforeStart: (node, first) => certificates(node, first),
    startFirst: 'systemctl start mysql@bootstrap.service',
    afterFirstStart: [
      paragraph(
        "On deb systems the machine's root needs no password: press Enter where the client asks for one.",
      ),
      paragraph(
        'On rpm systems root has a temporary password now; replace it (the command asks for the old password, then twice for the new one):',
      ),
      shell(
        "grep 'temporary password' /var/log/mysqld.log\nmysqladmin --user=root --password password",
        'rpm',
      ),
    ],
    startJoiner: 'systemctl start mysql',
    client: 'mysql --user=root --password',
    // 9.7 no longer has mysql_native_password.
    identifiedBy: `IDENTIFIED WITH ${release === '9.7' ? 'caching_sha2_password' : 'mysql_native_password'} BY`,
    afterAllJoined: 'systemctl stop mysql@bootstrap.service\nsystemctl start mysql',
    restartAll: 'systemctl start mysql@bootstrap.service',
    service: 'mysql',
  };
}

/**
 * The steps for certificates. Traffic between the nodes is encrypted by default, so every node must have the same
 * certificates.
 */
function certificates({ number }: PlannedNode, first: PlannedNode): PlanPart[] {
  const own = `chown -R mysql:mysql ${TLS_DIRECTORY}`;
  if (number !== first.number) {
    return [
      paragraph(
        `Copy the certificates of ${first.name}, for traffic between the nodes. The command logs in there as root over SSH. Where root can't log in, copy the files in another way that nobody else can read: ${TLS_DIRECTORY}/ca.pem, server-cert.pem and server-key.pem.`,
      ),
      shell(
        `mkdir -p ${TLS_DIRECTORY}\nscp "root@${hostText(first.host)}:${TLS_DIRECTORY}/*.pem" ${TLS_DIRECTORY}/\n${own}`,
      ),
    ];
  }
  return [
    paragraph('Certificates for traffic between the nodes, the same for all of them:'),
    shell(
      [
        `mkdir -p ${TLS_DIRECTORY}`,
        `(cd ${TLS_DIRECTORY} && umask 077 &&`,
        "openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj '/CN=Kea cluster CA' -keyout ca-key.pem -out ca.pem &&",
        "openssl req -newkey rsa:3072 -nodes -subj '/CN=Kea cluster node' -keyout server-key.pem -out server.csr &&",
        'openssl x509 -req -in server.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 3650 -out server-cert.pem &&',
        `mv ca-key.pem /root/kea-cluster-ca-key.pem)`,
        own,
      ].join('\n'),
    ),
  ];
}
