# The portal in any of its roles (portal.roles: web, command, query); without one it is all of them.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -pl web-ui -am package \
 && java -Djarmode=tools -jar web-ui/target/portal.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
# the health check asks with curl
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /portal --create-home portal \
 && install -d -o portal -g portal /portal/data
WORKDIR /portal
# what changes least comes first
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER 10001
ENV PORTAL_HOME=/portal/data
VOLUME /portal/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s \
    CMD curl -fsS http://localhost:8080/actuator/health/liveness || exit 1
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", \
    "--sun-misc-unsafe-memory-access=allow", "-jar", "portal.jar"]
# options of the portal; "docker run … --help" says which
CMD ["--no-demo"]
