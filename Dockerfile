# The harness itself, with all that its runs need: Node, Kea, MariaDB, Galera, haproxy, perfdhcp. docs/first-steps.md says how to
# use it. The images in docker/ are others: the harness builds those for the servers of `cluster.provider: docker`.
ARG BASE=debian:trixie-slim

FROM ${BASE} AS system
# A `.sources` file to use instead of the base's own, and options for apt-get. Both stay, because the harness uses apt too.
ARG APT_SOURCES=""
ARG APT_OPTIONS=""
ARG DEBIAN_FRONTEND=noninteractive
RUN set -eu; \
    if [ -n "$APT_SOURCES" ]; then \
      rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*; \
      printf '%s\n' "$APT_SOURCES" >/etc/apt/sources.list.d/build.sources; \
    fi; \
    printf '%s\n' $APT_OPTIONS | sed -n 's/^\([A-Z].*\)=\(.*\)/\1 "\2";/p' >/etc/apt/apt.conf.d/90build; \
    apt-get update; \
    apt-get install --yes --no-install-recommends ca-certificates nodejs tini; \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb /var/log/*.log /var/log/apt

FROM system AS build
ARG DEBIAN_FRONTEND=noninteractive
RUN set -eu; \
    apt-get update; \
    apt-get install --yes --no-install-recommends npm
# npm reads its registry from this variable. Without a value it uses its own.
ARG NPM_CONFIG_REGISTRY=""
COPY package.json package-lock.json /package/
RUN cd /package; npm ci --omit=dev --ignore-scripts --no-audit --no-fund
WORKDIR /checkout
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# npm compiles the sources before it packs them.
RUN set -eu; \
    npm pack --loglevel=error --pack-destination /tmp; \
    tar --extract --gzip --file /tmp/kea-lease-conformance-*.tgz --directory /package --strip-components=1

FROM system
COPY --from=build /package /opt/kea-lease-conformance
ENV KEA_CONFORMANCE_CACHE=/var/cache/kea-lease-conformance
RUN set -eu; \
    ln -s /opt/kea-lease-conformance/dist/cli.js /usr/local/bin/kea-lease-conformance; \
    kea-lease-conformance doctor --set-up; \
    # Whoever runs the container may fetch other versions of Kea, and leave reports without a mounted directory.
    mkdir /work; \
    chmod 1777 /work "$KEA_CONFORMANCE_CACHE" "$KEA_CONFORMANCE_CACHE/roots"

WORKDIR /work
# An ordinary user without a name, as `docker run --user` gives.
USER 1000:1000
# tini takes in processes whose parents have died, and passes signals on.
ENTRYPOINT ["tini", "--", "kea-lease-conformance"]
CMD ["run"]
