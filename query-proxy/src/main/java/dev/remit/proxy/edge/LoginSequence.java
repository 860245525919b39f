package dev.remit.proxy.edge;

import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;
import dev.remit.proxy.login.Authenticator;
import dev.remit.proxy.login.PurposeChoice;
import dev.remit.proxy.login.ScramExchange;
import dev.remit.proxy.login.StartupOptions;
import dev.remit.proxy.model.UserBounds;
import dev.remit.proxy.record.Actor;
import dev.remit.proxy.relay.ClientOutput;
import dev.remit.proxy.state.SessionIdentity;
import dev.remit.proxy.state.SettingCatalogue;
import dev.remit.proxy.state.TimeSettings;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.MessageFields;
import dev.remit.proxy.wire.StartupMessage;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From the startup packet to the parameters of a session.
///
/// ```
/// Startup ─▶ R 10 SCRAM ─ p ─▶ R 11 ─ p ─▶ R 12, R 0 ─▶ principal, source, purpose ─▶ v? S…
/// ```
///
/// Nothing about sources or purposes is told before the password was right.
final class LoginSequence {
  private static final int NEWEST_MINOR_VERSION = 2;

  /// What became of it.
  interface Outcome {
    void refused(WireError error);

    void accepted(Accepted accepted);
  }

  /// @param longCancelKey whether the client speaks protocol 3.2
  record Accepted(SessionIdentity identity, boolean longCancelKey) {}

  private record Declared(
      Principal principal,
      Optional<Instant> ends,
      SourceName source,
      Map<String, String> settings) {}

  private final EdgeEnvironment edge;
  private final StartupMessage.Startup startup;
  private final String peer;
  private final ClientOutput output;
  private final Outcome outcome;
  private final String user;
  private @Nullable ScramExchange exchange;
  private Optional<ScramVerifier> proven = Optional.empty();
  private boolean firstTaken;
  private boolean done;
  private boolean tryOpen;

  LoginSequence(
      EdgeEnvironment edge,
      StartupMessage.Startup startup,
      String peer,
      ClientOutput output,
      Outcome outcome) {
    this.edge = edge;
    this.startup = startup;
    this.peer = peer;
    this.output = output;
    this.outcome = outcome;
    this.user = startup.parameters().getOrDefault("user", "");
  }

  /// @throws RemitException when the startup packet cannot lead to a session
  void begin() {
    if (user.isEmpty()) {
      throw new RemitException(
          ErrorCode.UNAUTHENTICATED, "no user name was given in the startup packet");
    }
    if (isReplication(startup.parameters().getOrDefault("replication", "off"))) {
      throw new RemitException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "replication connections are refused by Remit");
    }
    edge.throttle().begin(peer, user);
    tryOpen = true;
    if (startup.minorVersion() > NEWEST_MINOR_VERSION || !startup.unknownOptions().isEmpty()) {
      BackendMessages.negotiateProtocolVersion(
          output.buffer(),
          Math.min(startup.minorVersion(), NEWEST_MINOR_VERSION),
          startup.unknownOptions());
    }
    Authenticator authenticator = edge.environment().authenticator();
    edge.environment()
        .blocking()
        .run(() -> authenticator.scramVerifier(user))
        .onSuccess(verifier -> {
          byte[] nonce = new byte[18];
          edge.random().nextBytes(nonce);
          byte[] salt = Arrays.copyOf(ScramExchange.mockSalt(edge.mockSecret(), user), 16);
          proven = verifier;
          exchange = new ScramExchange(verifier, salt, Base64.getEncoder().encodeToString(nonce));
          BackendMessages.authenticationSasl(output.buffer(), ScramExchange.MECHANISM);
          output.flush();
        })
        .onFailure(this::refuse);
  }

  /// The connection has ended: a try that came to no end is no longer one.
  void ended() {
    if (tryOpen) {
      tryOpen = false;
      edge.throttle().abandoned(peer, user);
    }
  }

  /// Takes a message of the exchange.
  void message(byte type, Buffer bytes, int from, int to) {
    if (type != 'p' || exchange == null || done) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION, "only the log-in's own messages may be sent during it");
    }
    MessageFields fields = new MessageFields(bytes, from + FrameReader.HEADER_BYTES, to);
    if (!firstTaken) {
      firstTaken = true;
      String mechanism = fields.string();
      if (!mechanism.equals(ScramExchange.MECHANISM)) {
        throw new RemitException(
            ErrorCode.PROTOCOL_VIOLATION, "the only log-in offered is " + ScramExchange.MECHANISM);
      }
      String first = fields.slice(fields.int32()).toString(StandardCharsets.UTF_8);
      BackendMessages.authenticationSaslContinue(output.buffer(), exchange.first(first));
      output.flush();
      return;
    }
    done = true;
    String last = fields.slice(fields.remaining()).toString(StandardCharsets.UTF_8);
    Optional<String> signature = exchange.last(last);
    if (signature.isEmpty()) {
      tryOpen = false;
      edge.throttle().failed(peer, user);
      outcome.refused(
          WireError.fatal(
              new RemitException(
                  ErrorCode.WRONG_PASSWORD,
                  "password authentication failed for user \"" + user + "\"")));
      return;
    }
    tryOpen = false;
    edge.throttle().succeeded(peer, user);
    BackendMessages.authenticationSaslFinal(output.buffer(), signature.get());
    BackendMessages.authenticationOk(output.buffer());
    edge.environment().blocking().run(this::declare).onSuccess(this::open).onFailure(this::refuse);
  }

  /// Blocking: who this is, and what the startup packet declares.
  private Declared declare() {
    Authenticator authenticator = edge.environment().authenticator();
    Principal principal =
        authenticator
            .principal(user)
            .orElseThrow(() ->
                new RemitException(
                    ErrorCode.UNAUTHENTICATED, "user \"" + user + "\" is not active"));
    String database = startup.parameters().getOrDefault("database", user);
    SourceName source = source(database);
    if (!authenticator.sourceExists(source)) {
      throw unknownSource(database);
    }
    Map<String, String> settings = new LinkedHashMap<>();
    startup
        .parameters()
        .forEach((name, value) -> {
          switch (name) {
            case "user", "database", "replication" -> {}
            case "options" ->
                StartupOptions.parse(value)
                    .forEach((key, text) -> settings.put(SettingCatalogue.spelled(key), text));
            default -> settings.putIfAbsent(SettingCatalogue.spelled(name), value);
          }
        });
    String purpose = settings.getOrDefault(SettingCatalogue.PURPOSE, "");
    if (!purpose.isEmpty()) {
      choose(authenticator, principal, source, purpose);
    }
    return new Declared(principal, authenticator.loginEnds(user), source, settings);
  }

  /// A purpose that is not open is an access refused, and on the record like any other.
  private void choose(
      Authenticator authenticator, Principal principal, SourceName source, String purpose) {
    try {
      PurposeChoice.require(authenticator, principal, source, purpose);
    } catch (RemitException refusal) {
      Actor actor =
          new Actor(
              principal.name(), PolicyEngine.token(user), source, Optional.empty(), "log-in", peer);
      edge.environment().recorder().refused(actor, "", refusal).requireDurable();
      throw refusal;
    }
  }

  private void open(Declared declared) {
    edge.pool(declared.source())
        .reported()
        .onSuccess(reported -> {
          try {
            accept(declared, reported);
          } catch (RemitException refusal) {
            refuse(refusal);
          }
        })
        .onFailure(this::refuse);
  }

  private void accept(Declared declared, Map<String, String> reported) {
    Map<String, String> initial = new HashMap<>(SettingCatalogue.initial(reported, user));
    declared
        .settings()
        .forEach((name, value) -> {
          SettingCatalogue.requireAllowed(name, value, initial.getOrDefault(name, ""));
          if (!SettingCatalogue.isFixed(name) && !name.equals(SettingCatalogue.CLIENT_ENCODING)) {
            initial.put(name, value);
          }
        });
    UserBounds bounds = edge.environment().bounds();
    initial.replaceAll((name, value) -> TimeSettings.effective(bounds, name, value));
    byte[] id = new byte[12];
    edge.random().nextBytes(id);
    SessionIdentity identity =
        new SessionIdentity(
            declared.principal(),
            user,
            proven,
            declared.ends(),
            declared.source(),
            Map.copyOf(initial),
            HexFormat.of().formatHex(id),
            peer);
    for (String name : SettingCatalogue.REPORTED) {
      BackendMessages.parameterStatus(output.buffer(), name, initial.getOrDefault(name, ""));
    }
    outcome.accepted(new Accepted(identity, startup.minorVersion() >= NEWEST_MINOR_VERSION));
  }

  private void refuse(Throwable failure) {
    RemitException refusal =
        failure instanceof RemitException known
            ? known
            : new RemitException(ErrorCode.INTERNAL, "the log-in could not be completed", failure);
    outcome.refused(WireError.fatal(refusal));
  }

  private static SourceName source(String database) {
    try {
      return new SourceName(database);
    } catch (IllegalArgumentException malformed) {
      throw unknownSource(database);
    }
  }

  private static RemitException unknownSource(String database) {
    return new RemitException(
        ErrorCode.UNKNOWN_SOURCE,
        "database \"" + database + "\" does not exist; the database name is the name of a source");
  }

  private static boolean isReplication(String value) {
    return switch (value.toLowerCase(java.util.Locale.ROOT)) {
      case "off", "false", "no", "0", "" -> false;
      default -> true;
    };
  }
}
