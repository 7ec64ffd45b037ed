# Heyi in a container: web client, server, and a runtime with nothing to build with.
#   docker build -t heyi .
# Runs as a user without rights on a read-only root: what changes lies in /var/lib/heyi and /tmp.

FROM docker.io/library/node:22.23.2-bookworm-slim AS web
WORKDIR /src/web-client
COPY web-client/package.json web-client/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web-client ./
# verify.html says what it finds in the words of ./heyi verify.
COPY recording/src/main/resources/heyi/recording/verify ../recording/src/main/resources/heyi/recording/verify
RUN npm run build

FROM docker.io/library/eclipse-temurin:25.0.4_7-jdk-noble AS server
WORKDIR /src
COPY . .
COPY --from=web /src/web-client/dist web-client/dist
# The checks and the tests ran before the image: ./heyi test.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -q -Pquick -Dmaven.test.skip=true -DskipWeb package \
    && mkdir -p /out/lib \
    && cp server/target/heyi-server-*.jar server/target/lib/*.jar /out/lib/ \
    && rm -f /out/lib/embedded-postgres-binaries-darwin-*.jar /out/lib/embedded-postgres-binaries-windows-*.jar \
    && cp scripts/java.sh docker/entrypoint.sh docker/healthcheck.sh /out/

FROM docker.io/library/eclipse-temurin:25.0.4_7-jre-noble
LABEL org.opencontainers.image.title="Heyi" \
      org.opencontainers.image.description="Online mediation with recorded evidence" \
      org.opencontainers.image.licenses="Apache-2.0"
# The home holds JavaCPP's unpacked libraries as well as the data. Numeric, so that Kubernetes' runAsNonRoot can check it.
RUN useradd --no-log-init --uid 10001 --user-group --home-dir /var/lib/heyi --create-home --shell /usr/sbin/nologin heyi
COPY --from=server /out /opt/heyi
USER 10001:10001
WORKDIR /var/lib/heyi
VOLUME /var/lib/heyi
# Inside the container only: who may reach the ports is decided where they are published.
ENV HEYI_HTTP_BIND=0.0.0.0
EXPOSE 8080/tcp 8443/tcp 10000/udp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["/opt/heyi/healthcheck.sh"]
ENTRYPOINT ["/opt/heyi/entrypoint.sh"]
CMD ["up"]
