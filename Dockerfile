# The image of one node: its classes, a Java runtime cut to what they use, and nothing else.
#
#   mvn -B -ntp -DskipTests package && docker build -t hubbub .
#
# docs/deploy/image.md says how to run it.

# ---- A runtime, and what the JVM may know of the node before it starts --------------------------
FROM eclipse-temurin:25-jdk AS build

# As java.se would be twice as large: what Vert.x, Hazelcast (jdk.naming.dns finds nodes by DNS),
# PostgreSQL's driver and Flyway use, and jcmd and flight recordings for whoever looks for a fault.
RUN jlink --output /opt/java-hubbub --strip-java-debug-attributes --no-header-files --no-man-pages \
  --compress zip-6 --add-modules java.base,java.logging,java.management,java.naming,java.sql,\
java.xml,jdk.unsupported,jdk.management,jdk.naming.dns,jdk.jfr,jdk.jcmd

# /opt/hubbub is what runs. PostgreSQL's programs (15 MB) stay here: a database in a container that
# may be replaced at any time would be lost with it.
COPY server/target/hubbub-server-run.jar /opt/hubbub/hubbub.jar
COPY server/target/lib/ /opt/hubbub/lib/
COPY server/target/bom.json /opt/hubbub/bom.json
COPY image/health /opt/hubbub/health
RUN mkdir -p /train/lib && mv /opt/hubbub/lib/embedded-postgres-binaries-* /train/lib/ \
  && cp /opt/hubbub/hubbub.jar /train/ && cp /opt/hubbub/lib/* /train/lib/ \
  && useradd --uid 10001 --no-create-home trainee && chown -R trainee /train /opt/hubbub

# Two nodes talk to each other, and the second writes down what it loaded (JEP 483, 514, 515): the
# next start reads that instead of 70 jars. Jars must not be touched after this.
COPY image/Train.java /train/
USER trainee
RUN java /train/Train.java /train /opt/hubbub /opt/java-hubbub/bin/java

# ---- What is shipped -----------------------------------------------------------------------------
FROM debian:12-slim

LABEL org.opencontainers.image.title="hubbub" \
  org.opencontainers.image.description="A self-hosted chat backend that scales out"

COPY --from=build /opt/java-hubbub /opt/java-hubbub
COPY --from=build --chown=0:0 /opt/hubbub /opt/hubbub

# Nobody in particular; Kubernetes can check runAsNonRoot only for a number.
USER 10001:10001
WORKDIR /tmp

# http.port, cluster.port and cluster.bus.port.
EXPOSE 8080 5701 5702
ENV HUBBUB_CLUSTER_BUS_PORT=5702 HUBBUB_LOG_FORMAT=json

# Alive, not ready: a node whose database is away must not be replaced.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["/opt/hubbub/health"]

# Java itself, so that SIGTERM reaches it. More options: JDK_JAVA_OPTIONS.
ENTRYPOINT ["/opt/java-hubbub/bin/java", "-XX:AOTCache=/opt/hubbub/hubbub.aot", \
  "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8", \
  "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", \
  "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/hubbub/hubbub.jar"]
