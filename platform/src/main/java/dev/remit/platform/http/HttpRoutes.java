package dev.remit.platform.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Binds plain blocking handlers to Vert.x routes: authenticate, read, hand over to a virtual
/// thread, answer on the event loop.
///
/// Every failure leaves as a problem document; what is not a caller's mistake goes to our log with
/// its cause.
///
/// @param <C> what a bearer token stands for
public final class HttpRoutes<C> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);
  private static final String SCHEME = "Bearer ";

  private final Router router;
  private final Blocking blocking;
  private final Function<String, Optional<C>> authenticate;

  /// @param authenticate the caller of a bearer token (RFC 6750), empty when it is not valid; may
  ///   block
  /// @param bodyLimit bytes
  public HttpRoutes(
      Vertx vertx, Blocking blocking, Function<String, Optional<C>> authenticate, int bodyLimit) {
    this.router = Router.router(vertx);
    this.blocking = blocking;
    this.authenticate = authenticate;
    router
        .route()
        .handler(BodyHandler.create(false).setBodyLimit(bodyLimit))
        .failureHandler(context -> failed(context, bodyLimit));
    router.errorHandler(
        404,
        context ->
            answer(
                context,
                Problem.of(
                    new RemitException(
                        ErrorCode.UNKNOWN_ENTRY,
                        "there is nothing at " + context.request().path()))));
    router.errorHandler(
        405,
        context ->
            answer(
                context,
                Problem.of(
                    new RemitException(
                        ErrorCode.INVALID_REQUEST,
                        context.request().method() + " is not offered at this path"))));
  }

  /// Binds an operation for authenticated callers.
  ///
  /// @param path with parameters as `{name}`
  public void bind(HttpMethod method, String path, Function<HttpCall<C>, HttpAnswer> handler) {
    router
        .route(method, path.replaceAll("\\{([a-zA-Z]+)\\}", ":$1"))
        .handler(context -> run(context, () -> handler.apply(call(context))));
  }

  /// Binds a page that anyone may read.
  public void bindOpen(String path, Supplier<HttpAnswer> handler) {
    router.route(HttpMethod.GET, path).handler(context -> run(context, handler));
  }

  public Router router() {
    return router;
  }

  private void run(RoutingContext context, Supplier<HttpAnswer> work) {
    blocking
        .run(work::get)
        .onSuccess(answer -> answer(context, answer))
        .onFailure(failure -> {
          if (!(failure instanceof RemitException)) {
            LOG.error(
                "{} {} failed", context.request().method(), context.request().path(), failure);
          }
          answer(context, Problem.of(failure));
        });
  }

  private HttpCall<C> call(RoutingContext context) {
    String header = Optional.ofNullable(context.request().getHeader("Authorization")).orElse("");
    if (!header.startsWith(SCHEME)) {
      throw new RemitException(
          ErrorCode.UNAUTHENTICATED,
          "send a token as `Authorization: Bearer TOKEN`; `remit token issue` makes one");
    }
    C caller =
        authenticate
            .apply(header.substring(SCHEME.length()).strip())
            .orElseThrow(() ->
                new RemitException(
                    ErrorCode.UNAUTHENTICATED,
                    "this token is not valid: unknown, expired or revoked"));
    Map<String, String> query = new HashMap<>();
    context.queryParams().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
    Buffer body = context.body().buffer();
    return new HttpCall<>(
        caller,
        Map.copyOf(context.pathParams()),
        Map.copyOf(query),
        body == null ? new byte[0] : body.getBytes());
  }

  private void failed(RoutingContext context, int bodyLimit) {
    if (context.statusCode() == 413) {
      answer(
          context,
          Problem.of(
              new RemitException(
                  ErrorCode.PAYLOAD_TOO_LARGE,
                  "the body is larger than %d bytes (http.bodyLimit)".formatted(bodyLimit))));
    } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
      answer(
          context,
          Problem.of(new RemitException(ErrorCode.INVALID_REQUEST, "the request cannot be read")));
    } else {
      LOG.error("{} failed", context.request().path(), context.failure());
      answer(context, Problem.of(new IllegalStateException("unexpected")));
    }
  }

  private static void answer(RoutingContext context, HttpAnswer answer) {
    if (context.response().ended()) {
      return;
    }
    context.response().setStatusCode(answer.status());
    context.response().putHeader("Cache-Control", "no-store");
    context.response().putHeader("X-Content-Type-Options", "nosniff");
    if (answer.status() == ErrorCode.UNAUTHENTICATED.httpStatus()) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
    }
    if (answer.body().length > 0) {
      context.response().putHeader("Content-Type", answer.mediaType());
    }
    context.response().end(Buffer.buffer(answer.body()));
  }
}
