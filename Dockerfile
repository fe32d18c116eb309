# An image with pmctl and git, for CI:  docker build -t pmctl .
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src ./src
COPY examples/ci ./examples/ci
RUN cargo build --release --locked --bin pmctl

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="pmctl" \
      org.opencontainers.image.description="Checks, ranks and generates the product handbook that a team keeps in git" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    # CI mounts work trees of other users; the container has nothing else that could be taken for one.
    && git config --system --add safe.directory '*' \
    && useradd --create-home --uid 10001 pmctl
COPY --from=build /src/target/release/pmctl /usr/local/bin/pmctl
USER pmctl
WORKDIR /handbook
ENTRYPOINT ["pmctl"]
CMD ["--help"]
