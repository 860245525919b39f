package dev.remit.proxy.upstream;

import com.ongres.scram.client.ScramClient;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.Blocking;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.FrontendMessages;
import dev.remit.proxy.wire.MessageFields;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Logs one new connection in at the source, pins its settings and checks its role.
///
/// ```
/// startup ──▶ R(SCRAM) ⇄ p … R(ok) S… K Z ──▶ Q pin settings ── D C Z ──▶ Q check role ── C Z ──▶ ready
/// ```
///
/// A request for the password in clear is answered only where the certificate proves the source, or
/// on this machine; after SCRAM the source's own signature is required. Any row of the role check
/// is a problem and refuses.
final class UpstreamLogin implements UpstreamConnection.Holder {
  private enum Stage {
    AUTHENTICATING,
    STARTING,
    PINNING,
    CHECKING,
    DONE
  }

  /// Pinned for ever; sessions cannot change them.
  private static final Map<String, String> PINNED = pinned();

  private final UpstreamTarget target;
  private final Blocking blocking;
  private final Promise<UpstreamConnection> done = Promise.promise();
  private final Map<String, String> reported = new HashMap<>();
  private final List<String> row = new ArrayList<>();
  private Stage stage = Stage.AUTHENTICATING;
  private @Nullable UpstreamConnection connection;
  private @Nullable ScramClient scram;
  private boolean sourceProven;
  private @Nullable String problem;

  UpstreamLogin(UpstreamTarget target, Blocking blocking) {
    this.target = target;
    this.blocking = blocking;
  }

  Future<UpstreamConnection> start(UpstreamConnection fresh) {
    connection = fresh;
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("user", target.user());
    parameters.put("database", target.database());
    parameters.put("client_encoding", "UTF8");
    parameters.put("application_name", "remit");
    FrontendMessages.startup(fresh.out(), parameters);
    fresh.flush();
    return done.future();
  }

  /// What the source reported of itself by ParameterStatus, and the defaults of the settings that
  /// sessions may change.
  Map<String, String> reported() {
    return Map.copyOf(reported);
  }

  @Override
  public boolean message(byte type, Buffer bytes, int from, int to) {
    MessageFields fields = new MessageFields(bytes, from + FrameReader.HEADER_BYTES, to);
    switch (type) {
      case 'R' -> authenticate(fields);
      case 'S' -> reported.put(fields.string(), fields.string());
      case 'K' -> held().cancelKey(fields.int32(), fields.slice(fields.remaining()).copy());
      case 'E' -> refused(WireError.read(bytes, from, to));
      case 'Z' -> next();
      default -> {}
    }
    return true;
  }

  @Override
  public boolean rows(Buffer bytes, int from, int to, int count) {
    MessageFields fields = new MessageFields(bytes, from + FrameReader.HEADER_BYTES, to);
    int columns = fields.int16();
    row.clear();
    for (int i = 0; i < columns; i++) {
      int length = fields.int32();
      row.add(length < 0 ? "" : fields.slice(length).toString(StandardCharsets.UTF_8));
    }
    if (stage == Stage.CHECKING && problem == null && !row.isEmpty()) {
      problem = row.getFirst();
    }
    return true;
  }

  @Override
  public void lost() {
    done.tryFail(unavailable("ended the log-in or did not go on with it in time"));
  }

  @Override
  public void chunkEnd() {
    held().flush();
  }

  private void next() {
    stage =
        switch (stage) {
          case AUTHENTICATING, STARTING -> {
            FrontendMessages.query(held().out(), pinningSql());
            yield Stage.PINNING;
          }
          case PINNING -> {
            List<String> names = UpstreamSettings.NAMES;
            for (int i = 0; i < names.size(); i++) {
              reported.put(names.get(i), row.get(PINNED.size() + i));
            }
            yield check();
          }
          case CHECKING, DONE -> finish();
        };
  }

  private Stage check() {
    Optional<String> sql = target.connectCheckSql();
    if (sql.isEmpty()) {
      return finish();
    }
    FrontendMessages.query(held().out(), sql.get());
    return Stage.CHECKING;
  }

  private Stage finish() {
    if (problem != null) {
      done.tryFail(
          new RemitException(
              ErrorCode.UNSAFE_SOURCE_ROLE,
              "the source's role can do more than read; ask an administrator to run:"
                  + " remit source add, which prints a proper role"));
      held().terminate();
    } else {
      UpstreamConnection ready = held();
      ready.applied(UpstreamSettings.of(reported));
      done.tryComplete(ready);
    }
    return Stage.DONE;
  }

  private void authenticate(MessageFields fields) {
    int kind = fields.int32();
    switch (kind) {
      case 0 -> authenticated();
      case 3 -> password();
      case 10 -> scramFirst(fields);
      case 11 -> scramLast(fields.slice(fields.remaining()).toString(StandardCharsets.UTF_8));
      case 12 -> scramCheck(fields.slice(fields.remaining()).toString(StandardCharsets.UTF_8));
      default -> {
        done.tryFail(unavailable("asks for a kind of log-in that is not supported; use SCRAM"));
        held().close();
      }
    }
  }

  /// Who asked for SCRAM has to prove that it knows the password as well.
  private void authenticated() {
    if (scram != null && !sourceProven) {
      done.tryFail(unavailable("did not prove that it knows the password; it is not who it was"));
      held().close();
      return;
    }
    stage = Stage.STARTING;
  }

  private void password() {
    if (scram != null || !mayShowPassword(target)) {
      done.tryFail(
          unavailable(
              "asks for the password in clear; use SCRAM there, or register it with"
                  + " ?sslmode=verify-full"));
      held().close();
      return;
    }
    FrontendMessages.password(held().out(), target.password());
  }

  /// Only to a source that its certificate proves, or on this machine.
  static boolean mayShowPassword(UpstreamTarget target) {
    String host = target.host();
    return target.tls() == UpstreamTarget.Tls.VERIFY_FULL
        || host.equals("localhost")
        || host.equals("::1")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private void scramFirst(MessageFields fields) {
    List<String> mechanisms = new ArrayList<>();
    for (String name = fields.string(); !name.isEmpty(); name = fields.string()) {
      mechanisms.add(name);
    }
    mechanisms.removeIf(name -> name.endsWith("-PLUS"));
    scram =
        ScramClient.builder()
            .advertisedMechanisms(mechanisms)
            .username("*")
            .password(target.password().toCharArray())
            .build();
    FrontendMessages.saslInitialResponse(
        held().out(), scram.getScramMechanism().getName(), scram.clientFirstMessage().toString());
  }

  /// The key derivation costs milliseconds, so it leaves the event loop.
  private void scramLast(String serverFirst) {
    ScramClient client = exchange();
    blocking
        .run(() -> {
          client.serverFirstMessage(serverFirst);
          return client.clientFinalMessage().toString();
        })
        .onSuccess(message -> {
          FrontendMessages.saslResponse(held().out(), message);
          held().flush();
        })
        .onFailure(failure -> fail(failure));
  }

  private void scramCheck(String serverFinal) {
    try {
      exchange().serverFinalMessage(serverFinal);
      sourceProven = true;
    } catch (Exception failure) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    done.tryFail(
        new RemitException(
            ErrorCode.SOURCE_UNAVAILABLE,
            "the source's SCRAM exchange failed; check the stored password",
            failure));
    held().close();
  }

  private void refused(WireError error) {
    done.tryFail(unavailable("refused the connection with SQLSTATE " + error.sqlState()));
    held().close();
  }

  private static RemitException unavailable(String what) {
    return new RemitException(ErrorCode.SOURCE_UNAVAILABLE, "the source " + what);
  }

  private UpstreamConnection held() {
    return java.util.Objects.requireNonNull(connection, "start comes first");
  }

  private ScramClient exchange() {
    if (scram == null) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION, "the source continues a SCRAM exchange never begun");
    }
    return scram;
  }

  private static String pinningSql() {
    StringBuilder sql = new StringBuilder("select ");
    PINNED.forEach((name, value) ->
        sql.append("pg_catalog.set_config('")
            .append(name)
            .append("','")
            .append(value)
            .append("',false),"));
    for (String name : UpstreamSettings.NAMES) {
      sql.append("pg_catalog.current_setting('").append(name).append("'),");
    }
    sql.setLength(sql.length() - 1);
    return sql.toString();
  }

  private static Map<String, String> pinned() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("search_path", "pg_catalog");
    settings.put("standard_conforming_strings", "on");
    settings.put("default_transaction_read_only", "on");
    settings.put("default_transaction_isolation", "read committed");
    settings.put("default_transaction_deferrable", "off");
    settings.put("row_security", "on");
    settings.put("lock_timeout", "10s");
    settings.put("idle_in_transaction_session_timeout", "10min");
    return settings;
  }
}
