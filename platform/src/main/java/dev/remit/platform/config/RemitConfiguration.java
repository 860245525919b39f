package dev.remit.platform.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/// Everything that can be set, with its default. These comments are the manual: the reference page
/// docs/configuration.md is written from them.
///
/// Each key can also be set by an environment variable, which wins over the file: `REMIT_` and the
/// key in capitals with `_` for each dot, for example `REMIT_WIRE_PORT` for `wire.port`.
///
/// @param mode `development` starts with demo users, generated passwords and a self-signed
///   certificate; `production` refuses to start with any of these
/// @param folder where Remit keeps everything it must not lose; relative to the working folder
/// @param http the administration interface: `/api/v1`, `/health`, `/metrics`
/// @param wire the PostgreSQL wire protocol, where data consumers connect
/// @param db the PostgreSQL that holds Remit's own store
/// @param log the tamper-evident log
/// @param sample the sample CRM, a governed database to try Remit on
public record RemitConfiguration(
    Mode mode, Path folder, Http http, Wire wire, Db db, Log log, Sample sample) {

  /// What a file that sets nothing means.
  public static final RemitConfiguration DEFAULT =
      new RemitConfiguration(
          Mode.DEVELOPMENT,
          Path.of(".remit"),
          new Http("127.0.0.1", 8470, 1 << 20),
          new Wire(
              "127.0.0.1",
              5470,
              1000,
              16,
              75,
              Duration.ofMinutes(10),
              Duration.ofMinutes(5),
              Duration.ofSeconds(10),
              Optional.empty(),
              Optional.empty()),
          new Db(Optional.empty(), Optional.empty(), Optional.empty(), 5471, 32),
          new Log("remit.localhost", Period.ofYears(2), Duration.ofMinutes(1)),
          new Sample(true, 10_000));

  public enum Mode {
    DEVELOPMENT,
    PRODUCTION
  }

  /// @param host address to listen on; loopback unless told otherwise
  /// @param port TCP port
  /// @param bodyLimit bytes of a request's body; a larger one is answered with 413
  public record Http(String host, int port, int bodyLimit) {
    public Http {
      checkPort("http.port", port);
      checkBounds("http.bodyLimit", bodyLimit, 1024, 1 << 28);
    }
  }

  /// @param host address to listen on; loopback unless told otherwise
  /// @param port TCP port
  /// @param connections most client connections at a time; one more is refused with 53300
  /// @param upstreams most connections to each governed source
  /// @param userShare most percent of `connections`, and of `upstreams` to each source, that one
  ///   user may hold; statements beyond wait for her own to end, at most a minute, and then fail
  ///   with 53300; 100 leaves nothing to the others
  /// @param statementTimeout longest time of one statement, as ISO 8601 duration; a session may set
  ///   a shorter `statement_timeout`, and one that asks for more or for none gets this
  /// @param idleInTransaction longest time that an open transaction may ask nothing, as ISO 8601
  ///   duration of at most ten minutes, then its connection ends with 25P03; a session may set a
  ///   shorter `idle_in_transaction_session_timeout`
  /// @param drain how long a stop waits for statements and transactions under way, as ISO 8601
  ///   duration; new ones are refused with 57P01 meanwhile
  /// @param certificate PEM file of the TLS certificate chain; a self-signed one is made in
  ///   development when it is not set
  /// @param key PEM file of the certificate's private key
  public record Wire(
      String host,
      int port,
      int connections,
      int upstreams,
      int userShare,
      Duration statementTimeout,
      Duration idleInTransaction,
      Duration drain,
      Optional<Path> certificate,
      Optional<Path> key) {
    public Wire {
      checkPort("wire.port", port);
      checkBounds("wire.connections", connections, 1, 100_000);
      checkBounds("wire.upstreams", upstreams, 1, 10_000);
      checkBounds("wire.userShare", userShare, 1, 100);
      checkTime("wire.statementTimeout", statementTimeout, Duration.ofDays(7));
      checkTime("wire.idleInTransaction", idleInTransaction, Duration.ofMinutes(10));
      checkTime("wire.drain", drain, Duration.ofMinutes(10));
      if (certificate.isPresent() != key.isPresent()) {
        throw new IllegalArgumentException(
            "wire.certificate and wire.key are set together or not at all");
      }
    }
  }

  /// @param url `jdbc:postgresql://host:port/database` of an external PostgreSQL for Remit's own
  ///   store; the embedded one is used when it is not set
  /// @param user role that owns the external database
  /// @param password its password; give it as `${VARIABLE}` or by `REMIT_DB_PASSWORD`
  /// @param port TCP port of the embedded PostgreSQL on loopback; 0 takes a free one and keeps it
  /// @param connections most connections of Remit to its own store
  public record Db(
      Optional<String> url,
      Optional<String> user,
      Optional<String> password,
      int port,
      int connections) {
    public Db {
      checkBounds("db.port", port, 0, 65_535);
      checkBounds("db.connections", connections, 4, 1000);
      if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException("db.url begins with jdbc:postgresql:");
      }
      if (url.isPresent() && (user.isEmpty() || password.isEmpty())) {
        throw new IllegalArgumentException("db.url needs db.user and db.password beside it");
      }
    }

    /// Never shows the password.
    @Override
    public String toString() {
      return url.map(address -> user.orElse("") + " at " + address).orElse("embedded, " + port);
    }
  }

  /// @param origin name of the log in its signed checkpoints; never changed once the log has
  ///   entries
  /// @param keepBodies how long the readable bodies of the log's entries, access records among
  ///   them, are kept, as ISO 8601 period; the leaves of the log stay for ever
  /// @param checkpointEvery shortest time between two checkpoints that are signed by themselves, as
  ///   ISO 8601 duration; none is signed while the log does not grow
  public record Log(String origin, Period keepBodies, Duration checkpointEvery) {
    public Log {
      if (origin.isBlank() || origin.contains("+") || origin.chars().anyMatch(c -> c <= ' ')) {
        throw new IllegalArgumentException("log.origin is a name without spaces and without +");
      }
      if (keepBodies.isNegative() || keepBodies.isZero()) {
        throw new IllegalArgumentException("log.keepBodies is at least one day, for example P2Y");
      }
      checkTime("log.checkpointEvery", checkpointEvery, Duration.ofDays(1));
    }
  }

  /// @param load whether the sample CRM is made and registered at the first start; in development
  ///   only
  /// @param customers how many customers it has
  public record Sample(boolean load, int customers) {
    public Sample {
      checkBounds("sample.customers", customers, 10, 10_000_000);
    }
  }

  /// At least a second.
  private static void checkTime(String key, Duration value, Duration most) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s; it lies between PT1S and %s, for example PT1M".formatted(key, value, most));
    }
  }

  private static void checkPort(String key, int port) {
    checkBounds(key, port, 1, 65_535);
  }

  private static void checkBounds(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; it lies between %d and %d".formatted(key, value, least, most));
    }
  }
}
