# One image a Quarkus application, made of what `mvn package` has built. The context is the root of the tree.
#   docker build -f deploy/images/Dockerfile.app --build-arg APP=worker/reports .
FROM eclipse-temurin:17-jre

# The directory of the application's module.
ARG APP

RUN useradd --system --uid 10001 --no-create-home accepted \
    && install -d -o accepted /var/lib/accepted/objects

WORKDIR /app
COPY ${APP}/target/quarkus-app/lib/ lib/
COPY ${APP}/target/quarkus-app/quarkus/ quarkus/
COPY ${APP}/target/quarkus-app/app/ app/
COPY ${APP}/target/quarkus-app/quarkus-run.jar ./

# A container's own loopback is of no use to others.
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    ACCEPTED_OBJECTS_DIRECTORY=/var/lib/accepted/objects

VOLUME /var/lib/accepted/objects
EXPOSE 8080
USER accepted

# The image has bash and needs no client for this.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$QUARKUS_HTTP_PORT && printf 'GET /q/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "quarkus-run.jar"]
