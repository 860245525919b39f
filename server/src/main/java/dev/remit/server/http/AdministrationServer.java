package dev.remit.server.http;

import dev.remit.platform.config.RemitConfiguration;
import dev.remit.platform.http.Blocking;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpRoutes;
import dev.remit.platform.http.Json;
import dev.remit.platform.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The HTTP server: `/api/v1` for callers with a token, `/health`, `/health/ready` and `/metrics`
/// for anyone who can reach the port.
public final class AdministrationServer implements AutoCloseable {
  private final HttpServer server;

  private AdministrationServer(HttpServer server) {
    this.server = server;
  }

  /// Binds everything and listens.
  ///
  /// @param authenticate the caller of a bearer token
  /// @param readiness name of each part that is not ready, with the reason; empty when all are
  public static AdministrationServer start(
      Vertx vertx,
      Blocking blocking,
      RemitConfiguration.Http settings,
      Function<String, Optional<Caller>> authenticate,
      List<Operation> operations,
      Supplier<Map<String, String>> readiness,
      Telemetry telemetry) {
    HttpRoutes<Caller> routes =
        new HttpRoutes<>(vertx, blocking, authenticate, settings.bodyLimit());
    routes.bindOpen("/health", () -> HttpAnswer.json(Map.of("status", "up")));
    routes.bindOpen("/health/ready", () -> ready(readiness.get()));
    routes.bindOpen("/metrics", () -> HttpAnswer.text(telemetry.scrape()));
    for (Operation operation : operations) {
      routes.bind(operation.method(), "/api/v1" + operation.path(), operation::answer);
    }
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setHost(settings.host()).setPort(settings.port()))
            .requestHandler(routes.router())
            .invalidRequestHandler(HttpRoutes::malformed);
    ListeningPort.await(
        server.listen(), settings.port(), "the administration interface", "REMIT_HTTP_PORT");
    return new AdministrationServer(server);
  }

  private static HttpAnswer ready(Map<String, String> problems) {
    return problems.isEmpty()
        ? HttpAnswer.json(Map.of("status", "ready"))
        : new HttpAnswer(
            503,
            "application/json",
            Json.write(Map.of("status", "not ready", "problems", problems)));
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
