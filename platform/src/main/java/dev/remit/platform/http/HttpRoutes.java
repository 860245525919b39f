package dev.remit.platform.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  private static final Pattern MALFORMED_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private record Bound(HttpMethod method, Pattern path) {}

  /// Filled while the server is put together, read afterwards.
  private final List<Bound> bound = new ArrayList<>();

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
    router.route().handler(HttpRoutes::requireDecodable);
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
    router.errorHandler(405, this::wrongMethod);
    router.errorHandler(400, context -> failed(context, bodyLimit));
  }

  /// A request that is not HTTP enough to reach a route: a malformed line, a header over its bound.
  public static void malformed(HttpServerRequest request) {
    HttpAnswer answer =
        Problem.of(
            new RemitException(
                ErrorCode.INVALID_REQUEST,
                "this is not a request of HTTP/1.1 or HTTP/2, or its line or a header is too"
                    + " long"));
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.mediaType())
        .putHeader("Connection", "close")
        .end(Buffer.buffer(answer.body()))
        .onComplete(ignored -> request.connection().close());
  }

  private void wrongMethod(RoutingContext context) {
    String offered = String.join(", ", offered(String.valueOf(context.request().path())));
    context.response().putHeader("Allow", offered);
    answer(
        context,
        Problem.of(
            new RemitException(
                ErrorCode.METHOD_NOT_ALLOWED,
                "%s is not offered at this path; it has %s"
                    .formatted(context.request().method(), offered))));
  }

  private Set<String> offered(String path) {
    return bound.stream()
        .filter(one -> one.path().matcher(path).matches())
        .map(one -> one.method().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Binds an operation for authenticated callers.
  ///
  /// @param path with parameters as `{name}`
  public void bind(HttpMethod method, String path, Function<HttpCall<C>, HttpAnswer> handler) {
    bound.add(new Bound(method, Pattern.compile(path.replaceAll("\\{[a-zA-Z]+\\}", "[^/]+"))));
    router
        .route(method, path.replaceAll("\\{([a-zA-Z]+)\\}", ":$1"))
        .handler(context -> run(context, () -> handler.apply(call(context))));
  }

  /// Binds a page that anyone may read.
  public void bindOpen(String path, Supplier<HttpAnswer> handler) {
    bound.add(new Bound(HttpMethod.GET, Pattern.compile(path)));
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
    Buffer body = context.body().buffer();
    requireJson(context, body);
    return new HttpCall<>(
        caller,
        Map.copyOf(context.pathParams()),
        Map.copyOf(query(context)),
        body == null ? new byte[0] : body.getBytes());
  }

  private static Map<String, String> query(RoutingContext context) {
    Map<String, String> query = new HashMap<>();
    context.queryParams().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
    return query;
  }

  private static void requireDecodable(RoutingContext context) {
    if (MALFORMED_ESCAPE.matcher(context.request().uri()).find()) {
      answer(
          context,
          Problem.of(
              new RemitException(
                  ErrorCode.INVALID_REQUEST,
                  "the path or the query is not encoded as RFC 3986 says: % needs two hexadecimal"
                      + " digits")));
    } else {
      context.next();
    }
  }

  private static void requireJson(RoutingContext context, @Nullable Buffer body) {
    String mediaType = context.request().getHeader("Content-Type");
    if (body != null
        && body.length() > 0
        && mediaType != null
        && !mediaType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new RemitException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "the body is said to be " + mediaType + "; send application/json");
    }
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
